package io.cta.broker.rabbitmq;

import java.util.HashMap;
import java.util.Map;

/**
 * How often a message was put back before; travels in its headers. Pure.
 *
 * @param failed deliveries that failed
 * @param postponed deliveries that do not count
 */
record Tries(int failed, int postponed) {
  private static final String OURS = "cta-";
  private static final String FAILED = "cta-tries";
  private static final String POSTPONED = "cta-postponed";

  static Tries of(Map<String, Object> headers) {
    return headers == null
        ? new Tries(0, 0)
        : new Tries(number(headers.get(FAILED)), number(headers.get(POSTPONED)));
  }

  Tries afterFailure() {
    return new Tries(failed + 1, postponed);
  }

  Tries afterPostponement() {
    return new Tries(failed, postponed + 1);
  }

  /**
   * Headers for the next delivery: ours as they were, with these counts, and none of RabbitMQ's.
   */
  Map<String, Object> onto(Map<String, Object> headers) {
    Map<String, Object> next = new HashMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> {
            if (name.startsWith(OURS)) {
              next.put(name, value);
            }
          });
    }
    next.put(FAILED, failed);
    next.put(POSTPONED, postponed);
    return next;
  }

  private static int number(Object value) {
    return value instanceof Number n ? n.intValue() : 0;
  }
}
