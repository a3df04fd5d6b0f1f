package io.cta.broker;

/**
 * How often a message was put back before. Pure.
 *
 * @param failed deliveries that failed
 * @param postponed deliveries that do not count
 */
public record Tries(int failed, int postponed) {
  Tries afterFailure() {
    return new Tries(failed + 1, postponed);
  }

  Tries afterPostponement() {
    return new Tries(failed, postponed + 1);
  }
}
