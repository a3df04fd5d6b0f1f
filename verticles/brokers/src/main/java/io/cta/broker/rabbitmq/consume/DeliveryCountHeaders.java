package io.cta.broker.rabbitmq.consume;

import io.cta.broker.DeliveryCounts;
import java.util.HashMap;
import java.util.Map;

/** Reads and writes the headers that carry a message's {@link DeliveryCounts}. Pure. */
public final class DeliveryCountHeaders {
  private static final String CTA_PREFIX = "cta-";
  private static final String FAILED = "cta-tries";
  private static final String POSTPONED = "cta-postponed";

  private DeliveryCountHeaders() {}

  public static DeliveryCounts read(Map<String, Object> headers) {
    return headers == null
        ? new DeliveryCounts(0, 0)
        : new DeliveryCounts(number(headers.get(FAILED)), number(headers.get(POSTPONED)));
  }

  /**
   * Headers for the next delivery: CTA's as they were, with these counts, and none of RabbitMQ's.
   */
  static Map<String, Object> withCounts(
      Map<String, Object> headers, DeliveryCounts deliveryCounts) {
    Map<String, Object> next = new HashMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> {
            if (name.startsWith(CTA_PREFIX)) {
              next.put(name, value);
            }
          });
    }
    next.put(FAILED, deliveryCounts.failed());
    next.put(POSTPONED, deliveryCounts.postponed());
    return next;
  }

  private static int number(Object value) {
    return value instanceof Number n ? n.intValue() : 0;
  }
}
