package io.cta.broker;

import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from {@code first} to {@code longest} milliseconds. */
public record BackoffPolicy(long first, long longest) {
  /** Before try {@code n} + 1, after {@code n} (1 or more) that failed. */
  public long after(int n) {
    return Math.min(longest, first << Math.min(n - 1, 30));
  }

  /** The same, but anything from half of it to all of it, so that many do not act in step. */
  public long jittered(int n) {
    long full = after(n);
    return full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }
}
