package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final Lane lane = new Lane("q");

  @BeforeEach
  void fill() {
    for (int n = 0; n < 4; n++) {
      lane.add(
          new Lane.Entry(n, new ProducerRecord<>("q", 0, null, new byte[1]), Promise.promise()));
    }
  }

  @Test
  void those_that_failed_go_first_again_in_order_once_all_in_flight_have_ended() {
    Lane.Entry first = lane.next();
    Lane.Entry second = lane.next();
    Lane.Entry third = lane.next();
    lane.ended(second, true);
    assertNull(lane.next(), "nothing overtakes it");
    assertFalse(lane.stuck());
    lane.ended(third, false);
    lane.ended(first, true);
    assertTrue(lane.stuck());
    lane.rewind();
    assertEquals(List.of(0L, 1L, 3L), List.of(lane.next().n(), lane.next().n(), lane.next().n()));
  }

  @Test
  void nothing_is_sent_while_it_is_held() {
    lane.held = true;
    assertNull(lane.next());
    lane.held = false;
    assertEquals(0, lane.next().n());
  }

  @Test
  void what_is_not_in_flight_can_be_given_up() {
    Lane.Entry first = lane.next();
    assertEquals(List.of(1L, 2L, 3L), lane.drain().stream().map(Lane.Entry::n).toList());
    assertFalse(lane.idle());
    lane.ended(first, false);
    assertTrue(lane.idle());
  }
}
