package io.cta.server.security;

import static io.cta.server.security.SecretRotation.SecretState.CURRENT;
import static io.cta.server.security.SecretRotation.SecretState.DEAD;
import static io.cta.server.security.SecretRotation.SecretState.NEXT;
import static io.cta.server.security.SecretRotation.SecretState.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessToken;
import io.cta.domain.AccessTokenBuilder;
import io.cta.domain.TokenKind;
import io.cta.server.security.SecretRotation.SecretState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SecretRotationTest {
  @ParameterizedTest(name = "{0}: of a {1}, b {2}, c {3}")
  @CsvSource({
    "'', CURRENT, UNKNOWN, UNKNOWN",
    "+b, CURRENT, NEXT, UNKNOWN",
    "+b !b, DEAD, CURRENT, UNKNOWN",
    "+b +c, CURRENT, NEXT, NEXT",
    "+b +c !b, DEAD, CURRENT, DEAD",
    "+b +c !c, DEAD, DEAD, CURRENT",
    "+b !b +c, DEAD, CURRENT, NEXT",
    "+b !b +c !c, DEAD, DEAD, CURRENT"
  })
  void bothAreGoodUntilTheNewOneIsUsed(String steps, SecretState a, SecretState b, SecretState c) {
    AccessToken token = token();
    for (String step : steps.split(" ")) {
      String digest = step.isEmpty() ? "" : digest(step.substring(1));
      token =
          step.startsWith("+")
              ? SecretRotation.offered(token, digest)
              : step.startsWith("!") ? SecretRotation.used(token, digest) : token;
    }
    assertEquals(
        List.of(a, b, c), List.of(state(token, "a"), state(token, "b"), state(token, "c")));
  }

  @Test
  void ofManyUnusedSecretsTheOldestAreDeadAndTheCurrentOneStays() {
    AccessToken token = token();
    for (int i = 0; i <= SecretRotation.MAX_NEXT; i++) {
      token = SecretRotation.offered(token, digest("n" + i));
    }
    assertEquals(CURRENT, state(token, "a"));
    assertEquals(DEAD, state(token, "n0"));
    assertEquals(NEXT, state(token, "n1"));
    assertEquals(NEXT, state(token, "n" + SecretRotation.MAX_NEXT));
  }

  @Test
  void aLimitedNumberOfDeadSecretsIsRemembered() {
    AccessToken token = token();
    for (int i = 0; i <= SecretRotation.MAX_RETIRED; i++) {
      token = SecretRotation.used(SecretRotation.offered(token, digest("n" + i)), digest("n" + i));
    }
    assertEquals(UNKNOWN, state(token, "a"));
    assertEquals(DEAD, state(token, "n0"));
    assertEquals(SecretRotation.MAX_RETIRED, token.retired().size());
  }

  private static SecretState state(AccessToken token, String secret) {
    return SecretRotation.of(token, digest(secret));
  }

  private static String digest(String secret) {
    return TokenText.digest(secret);
  }

  private static AccessToken token() {
    return AccessTokenBuilder.builder()
        .id("id")
        .name("m")
        .kind(TokenKind.AGENT)
        .machineId("m1")
        .hash(digest("a"))
        .build();
  }
}
