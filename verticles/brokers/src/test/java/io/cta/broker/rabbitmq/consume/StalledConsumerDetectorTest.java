package io.cta.broker.rabbitmq.consume;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StalledConsumerDetectorTest {
  private final StalledConsumerDetector stalledConsumerDetector = new StalledConsumerDetector();

  @Test
  void a_consumer_that_the_server_does_not_know_is_deaf() {
    assertNotNull(stalledConsumerDetector.look(0, 0));
  }

  @Test
  void an_empty_queue_is_no_ground_for_suspicion() {
    for (int i = 0; i < 10; i++) {
      assertNull(stalledConsumerDetector.look(1, 0));
    }
  }

  @Test
  void messages_that_wait_at_two_looks_in_a_row_are() {
    assertNull(stalledConsumerDetector.look(1, 5));
    assertNotNull(stalledConsumerDetector.look(1, 5));
  }

  @Test
  void a_long_silence_is_ground_enough_though_all_looks_in_order() {
    for (int i = 0; i < 19; i++) {
      stalledConsumerDetector.look(1, 0);
      assertFalse(stalledConsumerDetector.stale());
    }
    stalledConsumerDetector.look(1, 0);
    assertTrue(stalledConsumerDetector.stale());
    stalledConsumerDetector.clear();
    assertFalse(stalledConsumerDetector.stale());
  }

  @Test
  void a_sign_of_life_between_them_clears_it() {
    assertNull(stalledConsumerDetector.look(1, 5));
    stalledConsumerDetector.clear();
    assertNull(stalledConsumerDetector.look(1, 5));
    assertNull(stalledConsumerDetector.look(1, 0));
    assertNull(stalledConsumerDetector.look(1, 5));
  }
}
