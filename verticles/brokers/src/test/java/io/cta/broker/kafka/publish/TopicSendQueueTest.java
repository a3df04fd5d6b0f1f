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
  private final TopicSendQueue topicSendQueue = new TopicSendQueue("q");

  @BeforeEach
  void fill() {
    for (int n = 0; n < 4; n++) {
      topicSendQueue.add(
          new TopicSendQueue.Entry(
              n, new ProducerRecord<>("q", 0, null, new byte[1]), Promise.promise()));
    }
  }

  @Test
  void those_that_failed_go_first_again_in_order_once_all_in_flight_have_ended() {
    TopicSendQueue.Entry first = topicSendQueue.next();
    TopicSendQueue.Entry second = topicSendQueue.next();
    TopicSendQueue.Entry third = topicSendQueue.next();
    topicSendQueue.ended(second, true);
    assertNull(topicSendQueue.next(), "nothing overtakes it");
    assertFalse(topicSendQueue.stuck());
    topicSendQueue.ended(third, false);
    topicSendQueue.ended(first, true);
    assertTrue(topicSendQueue.stuck());
    topicSendQueue.rewind();
    assertEquals(
        List.of(0L, 1L, 3L),
        List.of(topicSendQueue.next().n(), topicSendQueue.next().n(), topicSendQueue.next().n()));
  }

  @Test
  void nothing_is_sent_while_it_is_held() {
    topicSendQueue.held = true;
    assertNull(topicSendQueue.next());
    topicSendQueue.held = false;
    assertEquals(0, topicSendQueue.next().n());
  }

  @Test
  void what_is_not_in_flight_can_be_given_up() {
    TopicSendQueue.Entry first = topicSendQueue.next();
    assertEquals(
        List.of(1L, 2L, 3L), topicSendQueue.drain().stream().map(TopicSendQueue.Entry::n).toList());
    assertFalse(topicSendQueue.idle());
    topicSendQueue.ended(first, false);
    assertTrue(topicSendQueue.idle());
  }
}
