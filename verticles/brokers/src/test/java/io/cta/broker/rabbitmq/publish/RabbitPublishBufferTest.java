package io.cta.broker.rabbitmq.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitPublishBufferTest {
  private final RabbitPublishBuffer buffer = new RabbitPublishBuffer();

  private PendingPublish offer(String text) {
    PendingPublish publish = PendingPublish.toQueue("q", Buffer.buffer(text));
    buffer.offer(publish);
    return publish;
  }

  @Test
  void an_answer_for_one_and_all_before_settles_them_in_order() {
    PendingPublish a = offer("a");
    PendingPublish b = offer("b");
    PendingPublish c = offer("c");
    assertEquals(List.of(a, b, c), buffer.next(0));
    assertEquals(List.of(a, b), buffer.answered(2, true));
    assertEquals(List.of(), buffer.answered(2, false));
    assertEquals(List.of(c), buffer.answered(3, false));
    assertEquals(0, buffer.size());
  }

  @Test
  void messages_in_flight_are_sent_again_before_all_else_with_new_numbers() {
    PendingPublish a = offer("a");
    PendingPublish b = offer("b");
    buffer.next(0);
    buffer.answered(1, false);
    PendingPublish c = offer("c");
    buffer.rewind();
    List<PendingPublish> again = buffer.next(0);
    assertEquals(List.of(b, c), again);
    assertEquals(1, buffer.firstOf(again));
    assertTrue(a != b);
    assertSame(b, buffer.inFlight(1));
  }

  @Test
  void the_message_that_closes_a_channel_is_found_by_sending_one_by_one() {
    offer("a");
    PendingPublish poison = offer("poison");
    PendingPublish c = offer("c");
    buffer.next(0);
    assertNull(buffer.isolateCulprit());
    assertEquals(1, buffer.next(0).size());
    buffer.answered(1, false);
    assertEquals(List.of(poison), buffer.next(0));
    assertSame(poison, buffer.isolateCulprit());
    assertEquals(List.of(c), buffer.next(0));
    assertEquals(1, buffer.size());
  }

  @Test
  void no_more_is_held_than_allowed() {
    for (int i = 0; i < RabbitPublishBuffer.CAPACITY; i++) {
      offer("x");
    }
    assertRefused(offer("one too many"));
    RabbitPublishBuffer bytes = new RabbitPublishBuffer();
    Buffer big = Buffer.buffer(new byte[8 << 20]);
    for (int i = 0; i < 8; i++) {
      bytes.offer(PendingPublish.toQueue("q", big));
    }
    PendingPublish more = PendingPublish.toQueue("q", Buffer.buffer("x"));
    bytes.offer(more);
    assertRefused(more);
  }

  @Test
  void a_batch_and_the_messages_in_flight_are_bounded() {
    for (int i = 0; i < 5_000; i++) {
      offer("x");
    }
    int inFlight = 0;
    for (int n = buffer.next(0).size(); n > 0; n = buffer.next(0).size()) {
      assertTrue(n <= 256);
      inFlight += n;
    }
    assertTrue(inFlight >= 2_000 && inFlight < 2_256, "in flight " + inFlight);
  }

  private static void assertRefused(PendingPublish publish) {
    assertTrue(publish.promise.future().failed());
    ServiceFailure why = (ServiceFailure) publish.promise.future().cause();
    assertEquals(ErrorCode.UNAVAILABLE, why.code());
  }
}
