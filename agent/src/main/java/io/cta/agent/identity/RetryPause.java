package io.cta.agent.identity;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a server is asked again. Grows slowly, since a server that was started
 * with its agents is there in seconds, and not evenly, so that many agents do not ask in step. One
 * context only.
 */
final class RetryPause {
  private static final long FIRST = 200;
  private static final long LONGEST = 10_000;

  private long full = FIRST;

  /** Milliseconds, at least 1: from half of the pause to all of it. */
  long next() {
    long jittered = full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    full = Math.min(LONGEST, full * 3 / 2);
    return jittered;
  }

  /** The server has answered. */
  void reset() {
    full = FIRST;
  }
}
