package io.cta.broker.rabbitmq;

import io.cta.broker.Postponed;
import io.cta.broker.Rejected;

/**
 * What becomes of a delivery. Pure.
 *
 * @param reason why it is a dead letter
 * @param waitMillis how long it waits before it comes again
 * @param tries counts it has from now on
 */
record Fate(Kind kind, String reason, long waitMillis, Tries tries) {
  enum Kind {
    DONE,
    DEAD,
    AGAIN
  }

  static Fate of(Throwable failure, Tries before, int maxDeliveries) {
    if (failure == null) {
      return new Fate(Kind.DONE, null, 0, before);
    }
    Tries failed = before.afterFailure();
    if (failure instanceof Rejected) {
      return new Fate(Kind.DEAD, failure.getMessage(), 0, failed);
    }
    if (failure instanceof Postponed) {
      Tries postponed = before.afterPostponement();
      return new Fate(Kind.AGAIN, null, Delays.after(postponed.postponed()), postponed);
    }
    if (failed.failed() >= maxDeliveries) {
      String reason = "given up after " + failed.failed() + " deliveries: " + text(failure);
      return new Fate(Kind.DEAD, reason, 0, failed);
    }
    return new Fate(Kind.AGAIN, null, Delays.after(failed.failed()), failed);
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
