package io.cta.broker.rabbitmq.consume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.impl.LongStringHelper;
import io.cta.broker.DeadLetter;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  private static final byte[] BODY = {0, 1, 2, -1};
  private static final Instant AT = Instant.parse("2026-11-24T08:00:00Z");

  @Test
  void headers_are_read_as_they_were_written() {
    Map<String, Object> headers = DeadLetterHeaders.headers("cta.states", "no JSON", AT, 3);
    DeadLetter deadLetter = DeadLetterHeaders.read(headers, "cta.states", BODY);
    assertEquals("cta.states", deadLetter.queue());
    assertEquals("no JSON", deadLetter.reason());
    assertEquals(AT, deadLetter.at());
    assertEquals(3, deadLetter.deliveries());
    assertArrayEquals(BODY, deadLetter.message());
    assertArrayEquals(
        BODY, DeadLetter.decode(DeadLetterHeaders.encode(headers, "q", BODY)).message());
  }

  @Test
  void a_message_that_the_server_gave_up_says_so() {
    DeadLetter deadLetter = DeadLetterHeaders.read(death("delivery_limit"), "cta.states", BODY);
    assertEquals("cta.states", deadLetter.queue());
    assertEquals("given up: its consumers went away too often", deadLetter.reason());
    assertEquals(AT, deadLetter.at());
  }

  @Test
  void a_message_that_came_back_to_no_queue_says_so() {
    Map<String, Object> headers = new HashMap<>(death("expired"));
    headers.put("cta-delay", "40");
    headers.put("cta-tries", 3);
    DeadLetter deadLetter = DeadLetterHeaders.read(headers, "cta.group.x", BODY);
    assertEquals("its queue was gone when it came back after 40 ms", deadLetter.reason());
    assertEquals(4, deadLetter.deliveries());
  }

  @Test
  void a_dead_letter_needs_no_headers() {
    DeadLetter deadLetter = DeadLetterHeaders.read(null, "q", BODY);
    assertEquals("q", deadLetter.queue());
    assertEquals("given up by RabbitMQ: unknown", deadLetter.reason());
  }

  @Test
  void a_long_reason_is_cut_and_a_missing_one_replaced() {
    Map<String, Object> headers = DeadLetterHeaders.headers("q", "x".repeat(100_000), AT, 1);
    assertTrue(DeadLetterHeaders.read(headers, "q", BODY).reason().length() < 5_000);
    assertEquals(
        "no reason given",
        DeadLetterHeaders.read(DeadLetterHeaders.headers("q", null, AT, 1), "q", BODY).reason());
  }

  private static Map<String, Object> death(String reason) {
    Map<String, Object> last =
        Map.of("reason", LongStringHelper.asLongString(reason), "time", Date.from(AT));
    return Map.of("x-death", List.of(last));
  }
}
