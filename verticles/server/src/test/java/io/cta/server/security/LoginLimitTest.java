package io.cta.server.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guessing passwords is slow, and costs the server no memory without bound. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LoginLimitTest {
  private final LoginLimit limit = new LoginLimit(() -> 7);

  @Test
  void tenFailuresOfOneNameAreEnough() {
    fail("ada", "10.0.0.1", LoginLimit.MAX_PER_NAME);
    ServiceFailure refusal =
        assertThrows(ServiceFailure.class, () -> limit.check("ada", "10.0.0.1"));
    assertEquals(ErrorCode.TOO_MANY, refusal.code());
    // somebody else there, and she herself from elsewhere, get in
    assertDoesNotThrow(() -> limit.check("bob", "10.0.0.1"));
    assertDoesNotThrow(() -> limit.check("ada", "10.0.0.2"));
  }

  @Test
  void aHundredFailuresFromOneAddressAreEnough() {
    for (int i = 0; i < LoginLimit.MAX_PER_ADDRESS; i++) {
      limit.failed("name" + i, "10.0.0.1");
    }
    assertThrows(ServiceFailure.class, () -> limit.check("anybody", "10.0.0.1"));
  }

  @Test
  void theMemoryOfFailuresIsBounded() {
    ShortMemory<Integer> memory = new ShortMemory<>(() -> 7, Duration.ofMinutes(5), 100);
    for (int i = 0; i < 10_000; i++) {
      memory.put("k" + i, i);
    }
    assertEquals(true, memory.size() <= 100);
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      assertDoesNotThrow(() -> limit.check(name, address));
      limit.failed(name, address);
    }
  }
}
