package io.cta.cli.client;

import java.time.Duration;

/** A clock that passes only while somebody rests, and then at once. */
public final class PassingClock implements WaitClock {
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void rest(Duration duration) {
    nanos += duration.toNanos();
  }

  public Duration passed() {
    return Duration.ofNanos(nanos());
  }
}
