package io.cta.broker;

/**
 * Says that nothing is wrong with a delivery but it cannot be processed for now, say because the
 * store is away: it is put back and, unlike after any other failure, this does not count as a try.
 */
public final class DeliveryPostponed extends RuntimeException {
  public DeliveryPostponed(String reason) {
    super(reason, null, false, false);
  }
}
