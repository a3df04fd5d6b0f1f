package io.cta.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Detects that the machine, or this process, was suspended: a tick comes late, or the wall clock
 * has moved more than the ticker, which on Linux does not count sleep. A wall clock that somebody
 * sets forward looks the same. Pure; one thread only.
 */
final class SuspensionWatch {
  /** The time between two ticks. */
  static final Duration TICK = Duration.ofSeconds(5);

  /** How late a tick may be on a busy machine. */
  static final Duration TOLERATED = Duration.ofSeconds(10);

  private Instant wall;
  private long nanos;

  SuspensionWatch(Instant wall, long nanos) {
    this.wall = wall;
    this.nanos = nanos;
  }

  /** How long it was suspended since the last tick; empty when it was not. */
  Optional<Duration> tick(Instant nowWall, long nowNanos) {
    Duration elapsed = Duration.ofNanos(nowNanos - nanos);
    Duration late = elapsed.minus(TICK);
    Duration asleep = Duration.between(wall, nowWall).minus(elapsed);
    wall = nowWall;
    nanos = nowNanos;
    boolean stopped = late.compareTo(TOLERATED) >= 0;
    boolean slept = asleep.compareTo(TOLERATED) >= 0;
    Duration suspended = (stopped ? late : Duration.ZERO).plus(slept ? asleep : Duration.ZERO);
    return stopped || slept ? Optional.of(suspended) : Optional.empty();
  }
}
