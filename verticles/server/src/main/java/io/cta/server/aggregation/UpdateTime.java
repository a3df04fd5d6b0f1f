package io.cta.server.aggregation;

import java.time.Duration;

/** When an execution is to be updated from its tasks. */
enum UpdateTime {
  /** Nothing has changed that concerns the stored execution. */
  NEVER(Duration.ZERO),

  NOW(Duration.ZERO),

  /** After a failure, or when the last write was too short a time ago. */
  SOON(Duration.ofMillis(250)),

  /**
   * Another node updates it, and by then this one has heard the outcome and finds nothing to write.
   */
  AFTER_OTHERS(Duration.ofMillis(500));

  private final Duration delay;

  UpdateTime(Duration delay) {
    this.delay = delay;
  }

  /** True when the update must wait. */
  boolean delayed() {
    return !delay.isZero();
  }

  Duration delay() {
    return delay;
  }
}
