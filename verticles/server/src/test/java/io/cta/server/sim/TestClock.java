package io.cta.server.sim;

import io.cta.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock and a ticker that move only when told to. */
public final class TestClock extends Clock {
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

  /** Advances wall clock and ticker. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
    now.updateAndGet(t -> t.plus(by));
  }

  /** Sets the wall clock forward or back; the ticker stays. */
  public void set(Duration by) {
    now.updateAndGet(t -> t.plus(by));
  }

  public TimeSource time() {
    return new TimeSource(this, nanos::get);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
