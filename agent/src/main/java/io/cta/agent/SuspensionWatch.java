package io.cta.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out that the machine, or this process, stood still: a tick comes late, or the wall clock
 * has moved more than the ticker, which on Linux does not count sleep. A wall clock that somebody
 * sets forth looks the same. Pure; one thread only.
 */
final class SuspensionWatch {
  /** Between two ticks. */
  static final Duration TICK = Duration.ofSeconds(5);

  /** What a busy machine may be late. */
  static final Duration TOLERATED = Duration.ofSeconds(10);

  private Instant wall;
  private long nanos;

  SuspensionWatch(Instant wall, long nanos) {
    this.wall = wall;
    this.nanos = nanos;
  }

  /** For how long it stood still since the last tick; empty when it did not. */
  Optional<Duration> tick(Instant nowWall, long nowNanos) {
    Duration went = Duration.ofNanos(nowNanos - nanos);
    Duration late = went.minus(TICK);
    Duration asleep = Duration.between(wall, nowWall).minus(went);
    wall = nowWall;
    nanos = nowNanos;
    boolean stopped = late.compareTo(TOLERATED) >= 0;
    boolean slept = asleep.compareTo(TOLERATED) >= 0;
    Duration still = (stopped ? late : Duration.ZERO).plus(slept ? asleep : Duration.ZERO);
    return stopped || slept ? Optional.of(still) : Optional.empty();
  }
}
