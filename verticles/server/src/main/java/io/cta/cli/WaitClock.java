package io.cta.cli;

import java.time.Duration;

/** The time of a command that waits: it only ever grows, and the command can let it pass. */
interface WaitClock {
  WaitClock REAL =
      new WaitClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void rest(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };

  /** Of use as a difference to another one only. */
  long nanoTime();

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
