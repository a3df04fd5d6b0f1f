package io.cta.broker;

import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A message in {@code cta.dead-letter} that could not be processed, and why.
 *
 * @param queue the queue it came from
 * @param reason why it was given up, for people
 * @param at when it was given up
 * @param deliveries how often it was delivered
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
