package io.cta.error;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs only the first and every thousandth of repeated failures, and their number once it succeeds
 * again, so that the log of a full disk does not fill another disk. Safe from any thread.
 */
public final class FailureLogLimiter {
  private static final Logger log = LoggerFactory.getLogger(FailureLogLimiter.class);
  private static final int LOG_EVERY = 1_000;

  private final String what;
  private long failures;

  /**
   * @param what the thing that fails, for people
   */
  public FailureLogLimiter(String what) {
    this.what = what;
  }

  public synchronized void failed(Throwable cause) {
    if (failures++ % LOG_EVERY == 0) {
      log.warn("{} failed [times: {}]", what, failures, cause);
    }
  }

  public synchronized void succeeded() {
    if (failures > 0) {
      log.info("{} succeeds again [failed before: {}]", what, failures);
      failures = 0;
    }
  }
}
