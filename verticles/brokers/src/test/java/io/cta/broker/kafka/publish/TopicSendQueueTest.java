package io.cta.broker.kafka.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicSendQueueTest {
  private final TopicSendQueue queue = new TopicSendQueue("q");

  @BeforeEach
  void fill() {
    for (int n = 0; n < 4; n++) {
      queue.add(
          new TopicSendQueue.Entry(
              n, new ProducerRecord<>("q", 0, null, new byte[1]), Promise.promise()));
    }
  }

  @Test
  void failed_records_go_first_again_in_order_once_all_in_flight_have_ended() {
    TopicSendQueue.Entry first = queue.next();
    TopicSendQueue.Entry second = queue.next();
    TopicSendQueue.Entry third = queue.next();
    queue.ended(second, true);
    assertNull(queue.next(), "nothing overtakes it");
    assertFalse(queue.stuck());
    queue.ended(third, false);
    queue.ended(first, true);
    assertTrue(queue.stuck());
    queue.rewind();
    assertEquals(
        List.of(0L, 1L, 3L), List.of(queue.next().n(), queue.next().n(), queue.next().n()));
  }

  @Test
  void nothing_is_sent_while_it_is_held() {
    queue.held = true;
    assertNull(queue.next());
    queue.held = false;
    assertEquals(0, queue.next().n());
  }

  @Test
  void records_that_are_not_in_flight_can_be_removed() {
    TopicSendQueue.Entry first = queue.next();
    assertEquals(List.of(1L, 2L, 3L), queue.drain().stream().map(TopicSendQueue.Entry::n).toList());
    assertFalse(queue.idle());
    queue.ended(first, false);
    assertTrue(queue.idle());
  }
}
