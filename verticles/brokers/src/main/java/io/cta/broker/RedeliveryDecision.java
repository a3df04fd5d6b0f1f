package io.cta.broker;

/**
 * What happens to a delivery once its handler has answered; the same with every broker. Pure.
 *
 * @param reason why it becomes a dead letter
 * @param waitMillis how long it waits before it is delivered again
 * @param tries the message's counts from now on
 */
public record RedeliveryDecision(Kind kind, String reason, long waitMillis, DeliveryCounts tries) {
  /** Waits before the next delivery, in milliseconds. */
  public static final BackoffPolicy WAITS = new BackoffPolicy(10, 30_000);

  /** What is done with the message. */
  public enum Kind {
    DONE,
    DEAD,
    AGAIN
  }

  /**
   * @param failure null when the handler has processed it
   * @param before counts before this delivery
   */
  public static RedeliveryDecision of(Throwable failure, DeliveryCounts before, int maxDeliveries) {
    if (failure == null) {
      return new RedeliveryDecision(Kind.DONE, null, 0, before);
    }
    DeliveryCounts failed = before.afterFailure();
    if (failure instanceof DeliveryRejected) {
      return new RedeliveryDecision(Kind.DEAD, failure.getMessage(), 0, failed);
    }
    if (failure instanceof DeliveryPostponed) {
      DeliveryCounts postponed = before.afterPostponement();
      return new RedeliveryDecision(
          Kind.AGAIN, null, WAITS.after(postponed.postponed()), postponed);
    }
    if (failed.failed() >= maxDeliveries) {
      String reason = "given up after " + failed.failed() + " deliveries: " + text(failure);
      return new RedeliveryDecision(Kind.DEAD, reason, 0, failed);
    }
    return new RedeliveryDecision(Kind.AGAIN, null, WAITS.after(failed.failed()), failed);
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
