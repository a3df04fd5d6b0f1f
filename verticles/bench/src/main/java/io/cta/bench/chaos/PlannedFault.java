package io.cta.bench.chaos;

import java.time.Duration;

/**
 * One thing that is done to a part.
 *
 * @param at after the begin of the run
 * @param length how long the part stays away, or its clock wrong
 * @param step by how much its clock is set, negative for back; else zero
 */
record PlannedFault(Duration at, Kind kind, String part, Duration length, Duration step) {
  enum Kind {
    /** {@code kill -9}, and a restart. */
    KILL,

    /** {@code kill -STOP}, and {@code kill -CONT}. */
    PAUSE,

    /** The wall clock is set, and set right again. */
    CLOCK,

    /** The disk is filled to its last byte, and freed again. */
    DISK,

    /** A proxy ends its connections and answers 502, and hands on again. */
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
