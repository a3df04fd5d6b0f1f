package io.cta.server.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guessing passwords is slow, locks nobody out for long and takes bounded memory. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LoginLimitTest {
  private static final String HERE = "198.51.100.1";
  private static final String THERE = "198.51.100.2";

  private Instant now = Instant.EPOCH;
  private final LoginLimit limit =
      new LoginLimit(() -> Duration.between(Instant.EPOCH, now).toNanos());

  @ParameterizedTest
  @CsvSource({"4, 0", "5, 1", "6, 2", "7, 4", "8, 8", "10, 32", "11, 60", "40, 60"})
  void theDelayGrowsWithTheFailuresUpToAMinute(int failures, long seconds) {
    for (int i = 0; i < failures; i++) {
      now = now.plusSeconds(60);
      guess("ada", HERE);
    }
    assertEquals(seconds, wait("ada", HERE));
    assertEquals(0, wait("bob", HERE));
  }

  @Test
  void aRefusedAttemptDoesNotProlongTheLock() {
    for (int i = 0; i < 5; i++) {
      guess("ada", HERE);
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(1, wait("ada", HERE));
    }
    now = now.plusSeconds(1);
    assertEquals(0, wait("ada", HERE));
  }

  @Test
  void aHundredBadLoginsFromOneAddressLockItAndNoOther() {
    for (int i = 0; i < 100; i++) {
      tryGuess("name" + i, HERE);
    }
    assertTrue(wait("admin", HERE) > 0);
    assertEquals(0, wait("admin", THERE));
  }

  @Test
  void anAccountIsLockedWhereverItIsGuessedFrom() {
    for (int i = 0; i < 20; i++) {
      guess("admin", "203.0.113." + i);
    }
    assertEquals(1, wait("admin", THERE));
    assertEquals(0, wait("bob", THERE));
  }

  @Test
  void othersCannotLockOutAnAccountThatHasLoggedInFromThisAddressBefore() {
    limit.begin("admin", HERE);
    limit.ended("admin", HERE, true);
    for (int i = 0; i < 500; i++) {
      now = now.plusMillis(100);
      tryGuess("name" + i, HERE);
      tryGuess("admin", "203.0.113." + i % 250);
      assertEquals(0, wait("admin", HERE));
    }
    assertTrue(wait("admin", THERE) > 0);
  }

  @Test
  void aRightPasswordClearsTheAccountsFailuresThere() {
    for (int i = 0; i < 4; i++) {
      guess("ada", HERE);
    }
    limit.begin("ada", HERE);
    limit.ended("ada", HERE, true);
    guess("ada", HERE);
    assertEquals(0, wait("ada", HERE));
  }

  @Test
  void afterTheFreeFailuresOnlyOneAttemptRunsAtATime() {
    for (int i = 0; i < 5; i++) {
      guess("ada", HERE);
    }
    now = now.plusSeconds(1);
    limit.begin("ada", HERE);
    assertTrue(wait("ada", HERE) > 0);
  }

  @Test
  void failuresAreForgottenAfterAWhile() {
    for (int i = 0; i < 30; i++) {
      now = now.plusSeconds(60);
      guess("ada", HERE);
    }
    now = now.plus(Duration.ofMillis(LoginLimit.FORGET_AFTER_MILLIS));
    for (int i = 0; i < 4; i++) {
      guess("ada", HERE);
    }
    assertEquals(0, wait("ada", HERE));
  }

  @Test
  void theMemoryOfFailuresIsBounded() {
    for (int i = 0; i < 3 * LoginLimit.MAX_ENTRIES; i++) {
      tryGuess("name" + i, "address" + i);
    }
    assertTrue(limit.size() <= 4 * LoginLimit.MAX_ENTRIES, "entries: " + limit.size());
  }

  private void guess(String account, String address) {
    assertDoesNotThrow(() -> limit.begin(account, address));
    limit.failed(account, address);
  }

  private void tryGuess(String account, String address) {
    try {
      limit.begin(account, address);
    } catch (ServiceFailure refused) {
      return;
    }
    limit.failed(account, address);
  }

  /** Seconds that an attempt has to wait, from the refusal; 0 when it was allowed and made. */
  private long wait(String account, String address) {
    try {
      limit.begin(account, address);
      limit.ended(account, address, false);
      return 0;
    } catch (ServiceFailure refused) {
      assertEquals(ErrorCode.TOO_MANY, refused.code());
      assertTrue(refused.getMessage().contains(" " + refused.retrySeconds() + " s"));
      return refused.retrySeconds();
    }
  }
}
