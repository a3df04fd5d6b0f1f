package io.cta.server.api;

import io.cta.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock and a ticker that move only when told to. */
public final class MutableClock extends Clock {
  private final AtomicLong nanos = new AtomicLong();
  private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
    now = now.plus(by);
  }

  public TimeSource time() {
    return new TimeSource(this, nanos::get);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
