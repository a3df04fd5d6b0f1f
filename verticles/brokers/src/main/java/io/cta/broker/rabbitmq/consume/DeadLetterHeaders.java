package io.cta.broker.rabbitmq.consume;

import io.cta.broker.DeadLetter;
import io.cta.broker.rabbitmq.topology.DelayQueues;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads dead letters as RabbitMQ holds them: the body is the unchanged message, the rest
 * is in headers. A message that the server itself gave up has only the server's headers. Pure.
 */
public final class DeadLetterHeaders {
  private static final String REASON = "cta-reason";
  private static final String QUEUE = "cta-queue";
  private static final String AT = "cta-at";
  private static final String DELIVERIES = "cta-deliveries";
  private static final int MAX_REASON_CHARS = 4_000;

  private DeadLetterHeaders() {}

  static Map<String, Object> headers(String queue, String reason, Instant at, int deliveries) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(REASON, cut(reason));
    headers.put(QUEUE, queue);
    headers.put(AT, at.toString());
    headers.put(DELIVERIES, deliveries);
    return headers;
  }

  /**
   * @param routingKey with which it came; its queue when the server gave it up
   */
  static DeadLetter read(Map<String, Object> headers, String routingKey, byte[] message) {
    Map<String, Object> known = headers == null ? Map.of() : headers;
    Map<?, ?> death = lastDeath(known);
    return new DeadLetter(
        text(known.get(QUEUE), routingKey),
        text(known.get(REASON), serverReason(known, death)),
        at(known.get(AT), death.get("time")),
        known.get(DELIVERIES) instanceof Number n
            ? n.intValue()
            : DeliveryCountHeaders.read(known).failed() + 1,
        message);
  }

  public static Buffer encode(Map<String, Object> headers, String routingKey, byte[] message) {
    return read(headers, routingKey, message).encode();
  }

  private static Map<?, ?> lastDeath(Map<String, Object> headers) {
    return headers.get("x-death") instanceof List<?> deaths
            && !deaths.isEmpty()
            && deaths.get(0) instanceof Map<?, ?> last
        ? last
        : Map.of();
  }

  private static String serverReason(Map<String, Object> headers, Map<?, ?> death) {
    String why = text(death.get("reason"), "unknown");
    return switch (why) {
      case "delivery_limit" -> "given up: its consumers went away too often";
      case "expired" ->
          "its queue was gone when it came back after "
              + text(headers.get(DelayQueues.HEADER), "some")
              + " ms";
      default -> "given up by RabbitMQ: " + why;
    };
  }

  private static Instant at(Object ours, Object theirs) {
    try {
      return Instant.parse(text(ours, ""));
    } catch (DateTimeParseException none) {
      // EPOCH when neither header says when
      return theirs instanceof Date date ? date.toInstant() : Instant.EPOCH;
    }
  }

  // the client returns texts of headers as a class of its own
  private static String text(Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }

  private static String cut(String reason) {
    String text = reason == null ? "no reason given" : reason;
    return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS);
  }
}
