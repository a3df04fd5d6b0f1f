package io.cta.server.push;

import java.time.Duration;

/**
 * Why results could not be pushed; the message is for people. Expected, and so without a stack
 * trace.
 */
public final class PushFailure extends RuntimeException {
  private final Integer status;
  private final boolean last;
  private final Duration retryAfter;

  /**
   * @param status of the answer, or null when there was none
   * @param last whether it would be the same again
   * @param retryAfter how long the receiver wants to be left alone
   */
  PushFailure(String message, Integer status, boolean last, Duration retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.last = last;
    this.retryAfter = retryAfter;
  }

  /** Nothing of it depends on the receiver. */
  static PushFailure forGood(String message) {
    return new PushFailure(message, null, true, Duration.ZERO);
  }

  public Integer status() {
    return status;
  }

  public boolean last() {
    return last;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
