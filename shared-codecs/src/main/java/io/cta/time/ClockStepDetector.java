package io.cta.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Detects that the wall clock was set, by how much more it moved than the monotonic clock between
 * two looks. Small corrections are ignored: a slewed clock never differs by much between two looks.
 * One thread only.
 */
public final class ClockStepDetector {
  private final Duration tolerated;
  private Instant wall;
  private long nanos;

  /**
   * @param tolerated differences up to this are no step
   */
  public ClockStepDetector(Duration tolerated, Instant wall, long nanos) {
    this.tolerated = tolerated;
    this.wall = wall;
    this.nanos = nanos;
  }

  /** How far the wall clock was moved since the last look, negative when back; empty for none. */
  public Optional<Duration> look(Instant nowWall, long nowNanos) {
    Duration step = Duration.between(wall, nowWall).minusNanos(nowNanos - nanos);
    wall = nowWall;
    nanos = nowNanos;
    return step.abs().compareTo(tolerated) > 0 ? Optional.of(step) : Optional.empty();
  }
}
