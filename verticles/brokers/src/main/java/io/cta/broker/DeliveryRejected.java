package io.cta.broker;

/**
 * The failure of a handler that can never process a delivery: the message goes to the dead letters
 * with this reason.
 */
public final class DeliveryRejected extends RuntimeException {
  public DeliveryRejected(String reason) {
    super(reason, null, false, false);
  }
}
