package io.cta.broker;

/**
 * The failure of a handler that cannot process a delivery now, for example because the store is
 * away, though nothing is wrong with the message. The message is put back and, unlike after any
 * other failure, this does not count as a try.
 */
public final class DeliveryPostponed extends RuntimeException {
  public DeliveryPostponed(String reason) {
    super(reason, null, false, false);
  }
}
