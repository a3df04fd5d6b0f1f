package io.cta.bench.chaos;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param at time since the run began
 * @param length how long the fault lasts
 * @param step by how much the part's clock is set, negative for back; zero for other faults
 */
record PlannedFault(Duration at, Kind kind, String part, Duration length, Duration step) {
  enum Kind {
    /** The part is killed by {@code kill -9} and restarted. */
    KILL,

    /** The part is stopped by {@code kill -STOP} and goes on after {@code kill -CONT}. */
    PAUSE,

    /** The wall clock is set wrong, and right again. */
    CLOCK,

    /** The disk is filled to its last byte, and emptied again. */
    DISK,

    /** The proxy ends all connections and answers 502, and forwards again. */
    BAD_GATEWAY
  }

  @Override
  public String toString() {
    return String.format(
        "%7.1f s  %-11s %-14s for %.1f s%s",
        at.toMillis() / 1000.0,
        kind,
        part,
        length.toMillis() / 1000.0,
        step.isZero() ? "" : " by " + step.toSeconds() + " s");
  }
}
