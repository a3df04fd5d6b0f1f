package io.cta.agent.identity;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The pause before a server is asked again. It grows slowly, because a server that was started
 * together with its agents is up within seconds, and varies at random, so that many agents do not
 * ask in step. One context only.
 */
public final class RetryPause {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 10_000;

  private long fullMillis = FIRST_MILLIS;

  /** The next pause in milliseconds, at least 1: from half of the full pause to all of it. */
  public long next() {
    long jittered = fullMillis / 2 + ThreadLocalRandom.current().nextLong(fullMillis / 2 + 1);
    fullMillis = Math.min(LONGEST_MILLIS, fullMillis * 3 / 2);
    return jittered;
  }

  /** The server has answered. */
  void reset() {
    fullMillis = FIRST_MILLIS;
  }
}
