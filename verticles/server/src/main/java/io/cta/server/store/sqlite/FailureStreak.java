package io.cta.server.store.sqlite;

import io.cta.error.ServiceFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of what fails again and again only the first and every thousandth, and how many there were
 * when it is over: the log of a full disk must not fill another. Any thread.
 */
final class FailureStreak {
  private static final Logger log = LoggerFactory.getLogger(FailureStreak.class);
  private static final int BETWEEN = 1_000;

  private final String what;
  private long failures;

  /**
   * @param what fails, for people
   */
  FailureStreak(String what) {
    this.what = what;
  }

  synchronized void failed(Throwable cause) {
    if (cause instanceof ServiceFailure) {
      return; // the caller is told, and it is no fault of the store
    }
    if (failures++ % BETWEEN == 0) {
      log.error("{} failed [times: {}]", what, failures, cause);
    }
  }

  synchronized void succeeded() {
    if (failures > 0) {
      log.info("{} succeeds again [failed before: {}]", what, failures);
      failures = 0;
    }
  }
}
