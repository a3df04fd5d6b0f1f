package io.cta.error;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of what fails again and again only the first and every thousandth, and how many there were
 * when it is over: the log of a full disk must not fill another. Any thread.
 */
public final class FailureLogLimiter {
  private static final Logger log = LoggerFactory.getLogger(FailureLogLimiter.class);
  private static final int BETWEEN = 1_000;

  private final String what;
  private long failures;

  /**
   * @param what fails, for people
   */
  public FailureLogLimiter(String what) {
    this.what = what;
  }

  public synchronized void failed(Throwable cause) {
    if (failures++ % BETWEEN == 0) {
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
