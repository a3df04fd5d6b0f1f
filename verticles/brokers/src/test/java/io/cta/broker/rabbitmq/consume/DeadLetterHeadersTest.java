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
  void what_we_wrote_into_headers_is_read_again() {
    Map<String, Object> headers = DeadLetterHeaders.headers("cta.states", "no JSON", AT, 3);
    DeadLetter letter = DeadLetterHeaders.read(headers, "cta.states", BODY);
    assertEquals("cta.states", letter.queue());
    assertEquals("no JSON", letter.reason());
    assertEquals(AT, letter.at());
    assertEquals(3, letter.deliveries());
    assertArrayEquals(BODY, letter.message());
    assertArrayEquals(
        BODY, DeadLetter.decode(DeadLetterHeaders.encode(headers, "q", BODY)).message());
  }

  @Test
  void what_the_server_gave_up_says_so() {
    DeadLetter letter = DeadLetterHeaders.read(death("delivery_limit"), "cta.states", BODY);
    assertEquals("cta.states", letter.queue());
    assertEquals("given up: its consumers went away too often", letter.reason());
    assertEquals(AT, letter.at());
  }

  @Test
  void what_came_back_to_no_queue_says_so() {
    Map<String, Object> headers = new HashMap<>(death("expired"));
    headers.put("cta-delay", "40");
    headers.put("cta-tries", 3);
    DeadLetter letter = DeadLetterHeaders.read(headers, "cta.group.x", BODY);
    assertEquals("its queue was gone when it came back after 40 ms", letter.reason());
    assertEquals(4, letter.deliveries());
  }

  @Test
  void a_letter_without_any_headers_is_still_one() {
    DeadLetter letter = DeadLetterHeaders.read(null, "q", BODY);
    assertEquals("q", letter.queue());
    assertEquals("given up by RabbitMQ: unknown", letter.reason());
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
