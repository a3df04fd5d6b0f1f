package io.cta.server.api.contract;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;
import io.cta.server.security.AuthenticatedPrincipal;
import java.util.Locale;

/** Who may call an operation, from its {@code x-role}. */
public record AccessRule(boolean open, TokenKind kind, AccessRole role) {
  /** Parses the rule; anything unknown fails the start, so that no operation is open by mistake. */
  static AccessRule of(Object written, String operation) {
    String word = written instanceof String text ? text : "";
    return switch (word) {
      case "public" -> new AccessRule(true, null, null);
      case "registration" -> new AccessRule(false, TokenKind.REGISTRATION, null);
      case "agent" -> new AccessRule(false, TokenKind.AGENT, null);
      case "viewer", "runner", "maintainer", "admin" ->
          new AccessRule(false, null, AccessRole.valueOf(word.toUpperCase(Locale.ROOT)));
      default -> throw new IllegalStateException("operation " + operation + " has no x-role");
    };
  }

  public boolean allows(AuthenticatedPrincipal who) {
    if (open) {
      return true;
    }
    if (kind != null) {
      return who.kind() == kind;
    }
    return who.role() != null && who.role().covers(role);
  }

  public String needs() {
    return kind != null ? "a " + kind.wire() + " token" : "the role " + role.wire();
  }
}
