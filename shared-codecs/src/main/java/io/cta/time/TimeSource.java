package io.cta.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The wall clock and the monotonic clock. Safe from any thread.
 *
 * @param wall for people, schedules and how long things are kept; it may jump either way
 * @param ticker for everything that waits, is late, or gets old within this process
 */
public record TimeSource(Clock wall, MonotonicClock ticker) {
  /** The machine's clocks; for a program's entry point, which hands them to everything else. */
  public static TimeSource system() {
    return new TimeSource(Clock.systemUTC(), MonotonicClock.system());
  }

  /** Wall time, as people read it. */
  public Instant now() {
    return wall.instant();
  }

  /** As {@link MonotonicClock#nanos}. */
  public long nanos() {
    return ticker.nanos();
  }
}
