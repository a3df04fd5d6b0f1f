package io.cta.broker;

/**
 * How often a message was delivered before without success. Pure.
 *
 * @param failed deliveries that failed
 * @param postponed deliveries that were postponed, which do not count as tries
 */
public record DeliveryCounts(int failed, int postponed) {
  DeliveryCounts afterFailure() {
    return new DeliveryCounts(failed + 1, postponed);
  }

  DeliveryCounts afterPostponement() {
    return new DeliveryCounts(failed, postponed + 1);
  }
}
