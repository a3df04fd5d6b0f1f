package io.cta.server.security;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.Ticker;
import java.time.Duration;

/**
 * Slows down who guesses passwords: ten failed logins of one name from one address, or a hundred
 * from one address, and it has to wait. Safe from any thread.
 */
public final class LoginLimit {
  static final int MAX_PER_NAME = 10;
  static final int MAX_PER_ADDRESS = 100;
  static final Duration WINDOW = Duration.ofMinutes(5);

  private final ShortMemory<Integer> failures;

  public LoginLimit(Ticker ticker) {
    this.failures = new ShortMemory<>(ticker, WINDOW, 20_000);
  }

  /** Fails with TOO_MANY when the caller has to wait. */
  public void check(String name, String address) {
    if (count(address + " " + name) >= MAX_PER_NAME || count(address) >= MAX_PER_ADDRESS) {
      throw new ServiceFailure(
          ErrorCode.TOO_MANY, "too many failed logins, try again in five minutes");
    }
  }

  public void failed(String name, String address) {
    failures.put(address + " " + name, count(address + " " + name) + 1);
    failures.put(address, count(address) + 1);
  }

  private int count(String key) {
    Integer n = failures.get(key);
    return n == null ? 0 : n;
  }
}
