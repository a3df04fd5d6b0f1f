package io.cta.broker;

/**
 * What becomes of a delivery once its handler has answered; the same with every broker. Pure.
 *
 * @param reason why it is a dead letter
 * @param waitMillis how long it waits before it comes again
 * @param tries counts it has from now on
 */
public record Fate(Kind kind, String reason, long waitMillis, Tries tries) {
  /** How waits grow, in milliseconds. */
  public static final Backoff WAITS = new Backoff(10, 30_000);

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
  public static Fate of(Throwable failure, Tries before, int maxDeliveries) {
    if (failure == null) {
      return new Fate(Kind.DONE, null, 0, before);
    }
    Tries failed = before.afterFailure();
    if (failure instanceof Rejected) {
      return new Fate(Kind.DEAD, failure.getMessage(), 0, failed);
    }
    if (failure instanceof Postponed) {
      Tries postponed = before.afterPostponement();
      return new Fate(Kind.AGAIN, null, WAITS.after(postponed.postponed()), postponed);
    }
    if (failed.failed() >= maxDeliveries) {
      String reason = "given up after " + failed.failed() + " deliveries: " + text(failure);
      return new Fate(Kind.DEAD, reason, 0, failed);
    }
    return new Fate(Kind.AGAIN, null, WAITS.after(failed.failed()), failed);
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
