package io.cta.broker;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between tries, in milliseconds: {@code first}, then twice as long each time, up to {@code
 * longest}.
 */
public record BackoffPolicy(long first, long longest) {
  /** The wait after {@code n} failures, 1 or more. */
  public long after(int n) {
    return Math.min(longest, first << Math.min(n - 1, 30));
  }

  /**
   * A random wait between half of {@link #after} and all of it, so that many do not retry in step.
   */
  public long jittered(int n) {
    long full = after(n);
    return full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }
}
