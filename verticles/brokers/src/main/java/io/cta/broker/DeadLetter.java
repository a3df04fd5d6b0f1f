package io.cta.broker;

import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * What {@code cta.dead-letter} holds: a message that could not be processed, and why.
 *
 * @param queue where it came from
 * @param reason why it was given up, for people
 * @param at when
 * @param deliveries how often it was tried
 * @param message its bytes, unchanged; base64 in JSON
 */
public record DeadLetter(String queue, String reason, Instant at, int deliveries, byte[] message) {
  public static DeadLetter of(
      String queue, String reason, int deliveries, Buffer message, Instant at) {
    return new DeadLetter(queue, reason, at, deliveries, message.getBytes());
  }

  public Buffer encode() {
    return JsonMapping.encode(this);
  }

  public static DeadLetter decode(Buffer bytes) {
    return JsonMapping.decode(bytes, DeadLetter.class);
  }
}
