package io.cta.cli.client;

import io.cta.time.MonotonicClock;
import java.time.Duration;

/** The clock of a command that waits: a time that only grows, and a way to let it pass. */
public interface WaitClock extends MonotonicClock {
  WaitClock REAL =
      new WaitClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void rest(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };

  void rest(Duration duration) throws InterruptedException;

  /** Rests; throws a failure that ends the command when its thread is interrupted meanwhile. */
  default void restOrEnd(Duration duration) {
    try {
      rest(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }
}
