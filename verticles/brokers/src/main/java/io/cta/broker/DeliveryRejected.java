package io.cta.broker;

/** Says that a delivery can never be processed: it goes to the dead letters with this reason. */
public final class DeliveryRejected extends RuntimeException {
  public DeliveryRejected(String reason) {
    super(reason, null, false, false);
  }
}
