package io.cta.broker;

/**
 * How often a message was put back before. Pure.
 *
 * @param failed deliveries that failed
 * @param postponed deliveries that do not count
 */
public record DeliveryCounts(int failed, int postponed) {
  DeliveryCounts afterFailure() {
    return new DeliveryCounts(failed + 1, postponed);
  }

  DeliveryCounts afterPostponement() {
    return new DeliveryCounts(failed, postponed + 1);
  }
}
