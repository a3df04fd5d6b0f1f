package io.cta.agent.run;

import io.cta.masking.SecretMasker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the end of an attempt to its journal. Blocks. */
record AttemptEnd(AttemptContext attempt, String machineId, SecretMasker masker) {
  private static final Logger log = LoggerFactory.getLogger(AttemptEnd.class);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);
  private static final int TRIES_PER_LOG = 30;

  /**
   * Tries until it succeeds: a disk that is full now may have space soon.
   *
   * @param millis how long the tests ran; null when none began
   */
  void write(AttemptOutcome attemptOutcome, Long millis) {
    for (int tries = 0; !written(attemptOutcome, millis, tries); tries++) {
      try {
        TimeUnit.NANOSECONDS.sleep(RETRY_PAUSE.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean written(AttemptOutcome attemptOutcome, Long millis, int tries) {
    try {
      attempt.spool().finish();
      attempt
          .journal()
          .end(
              count ->
                  attemptOutcome
                      .masked(masker)
                      .of(attempt.run(), machineId, count, millis, attempt.journal().warnings()));
      return true;
    } catch (IOException | RuntimeException | Error e) {
      if (tries % TRIES_PER_LOG == 0) {
        log.error("the end of an attempt cannot be written yet [task: {}]", attempt.key(), e);
      }
      return false;
    }
  }
}
