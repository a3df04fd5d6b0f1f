package io.cta.cli;

import java.time.Duration;

/** Time that passes only while somebody rests, and then at once. */
final class PassingClock implements WaitClock {
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void rest(Duration duration) {
    nanos += duration.toNanos();
  }

  Duration passed() {
    return Duration.ofNanos(nanos());
  }
}
