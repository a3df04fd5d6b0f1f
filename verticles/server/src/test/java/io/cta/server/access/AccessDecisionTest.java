package io.cta.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may do what: everybody there is, against every action. */
class AccessDecisionTest {
  private static final Set<String> EVERYBODY =
      Set.of(
          "viewer",
          "runner",
          "maintainer",
          "admin",
          "viewer's token",
          "runner's token",
          "maintainer's token",
          "admin's token",
          "registration token",
          "agent");

  /** Actions and everybody who may do them. */
  private static final Map<AccessAction, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry(AccessAction.READ, from("viewer")),
          Map.entry(AccessAction.WATCH, from("viewer")),
          Map.entry(AccessAction.RUN, from("runner")),
          Map.entry(AccessAction.MAINTAIN, from("maintainer")),
          Map.entry(AccessAction.ADMINISTER, from("admin")),
          Map.entry(AccessAction.CHANGE_GROUPS, from("admin")),
          Map.entry(AccessAction.MANAGE_ALL_TOKENS, from("admin")),
          Map.entry(AccessAction.ISSUE_REGISTRATION_TOKENS, from("admin")),
          Map.entry(AccessAction.ENROL, Set.of("registration token")),
          Map.entry(AccessAction.SPEAK_FOR_MACHINE, Set.of("agent")),
          Map.entry(
              AccessAction.CHANGE_OWN_PASSWORD, Set.of("viewer", "runner", "maintainer", "admin")));

  @Test
  void everybodyMayDoWhatTheTableSaysAndNothingElse() {
    Map<AccessAction, Set<String>> found = new TreeMap<>();
    for (AccessAction action : AccessAction.values()) {
      found.put(
          action,
          EVERYBODY.stream()
              .filter(who -> AccessDecision.can(principal(who), action))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertEquals(new TreeMap<>(ALLOWED), found);
  }

  @Test
  void whoMayNotIsToldWhy() {
    ServiceFailure no =
        assertThrows(
            ServiceFailure.class,
            () -> AccessDecision.require(principal("agent"), AccessAction.WATCH, "no agents"));
    assertEquals(ErrorCode.FORBIDDEN, no.code());
    assertEquals("no agents", no.getMessage());
    assertEquals("the role viewer", AccessAction.READ.needs());
    assertEquals("a registration token", AccessAction.ENROL.needs());
    assertEquals("a login", AccessAction.CHANGE_OWN_PASSWORD.needs());
  }

  @Test
  void aTokenIsNeverMoreThanItsUser() {
    for (AccessRole user : AccessRole.values()) {
      assertEquals(user, AccessDecision.tokenRole(principal(user.wire()), null));
      for (AccessRole token : AccessRole.values()) {
        boolean more = token.ordinal() > user.ordinal();
        assertEquals(more ? user : token, AccessDecision.effectiveRole(token, user));
        assertEquals(more ? null : token, granted(user, token));
      }
    }
    assertNull(granted(AccessRole.VIEWER, AccessRole.ADMIN));
  }

  private static AccessRole granted(AccessRole user, AccessRole asked) {
    try {
      return AccessDecision.tokenRole(principal(user.wire()), asked);
    } catch (ServiceFailure refused) {
      assertEquals(ErrorCode.FORBIDDEN, refused.code());
      assertEquals("you are " + user.wire() + ", a token cannot be more", refused.getMessage());
      return null;
    }
  }

  /** People and tokens with this role or a higher one. */
  private static Set<String> from(String lowest) {
    return Arrays.stream(AccessRole.values())
        .filter(role -> role.ordinal() >= AccessRole.valueOf(lowest.toUpperCase()).ordinal())
        .flatMap(role -> Set.of(role.wire(), role.wire() + "'s token").stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static AuthenticatedPrincipal principal(String who) {
    return switch (who) {
      case "agent" -> new AuthenticatedPrincipal(who, null, null, TokenKind.AGENT, "m1");
      case "registration token" ->
          new AuthenticatedPrincipal(who, null, null, TokenKind.REGISTRATION, null);
      default -> {
        boolean token = who.endsWith("'s token");
        String role = token ? who.substring(0, who.length() - "'s token".length()) : who;
        yield new AuthenticatedPrincipal(
            who, "u1", AccessRole.valueOf(role.toUpperCase()), token ? TokenKind.API : null, null);
      }
    };
  }
}
