package io.cta.broker.rabbitmq;

import io.cta.broker.Tries;
import java.util.HashMap;
import java.util.Map;

/** The headers by which a message's {@link Tries} travel. Pure. */
final class TryHeaders {
  private static final String OURS = "cta-";
  private static final String FAILED = "cta-tries";
  private static final String POSTPONED = "cta-postponed";

  private TryHeaders() {}

  static Tries read(Map<String, Object> headers) {
    return headers == null
        ? new Tries(0, 0)
        : new Tries(number(headers.get(FAILED)), number(headers.get(POSTPONED)));
  }

  /**
   * Headers for the next delivery: ours as they were, with these counts, and none of RabbitMQ's.
   */
  static Map<String, Object> onto(Map<String, Object> headers, Tries tries) {
    Map<String, Object> next = new HashMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> {
            if (name.startsWith(OURS)) {
              next.put(name, value);
            }
          });
    }
    next.put(FAILED, tries.failed());
    next.put(POSTPONED, tries.postponed());
    return next;
  }

  private static int number(Object value) {
    return value instanceof Number n ? n.intValue() : 0;
  }
}
