package io.cta.cli.client;

import io.cta.time.MonotonicClock;
import java.time.Duration;

/** The time of a command that waits: it only ever grows, and the command can let it pass. */
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

  /** Rests; a command whose thread is interrupted meanwhile ends. */
  default void restOrEnd(Duration duration) {
    try {
      rest(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }
}
