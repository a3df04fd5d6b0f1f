package io.cta.broker.rabbitmq.consume;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StalledConsumerDetectorTest {
  private final StalledConsumerDetector detector = new StalledConsumerDetector();

  @Test
  void a_consumer_that_the_server_does_not_know_has_stalled() {
    assertNotNull(detector.check(0, 0));
  }

  @Test
  void a_consumer_of_an_empty_queue_has_not_stalled() {
    for (int i = 0; i < 10; i++) {
      assertNull(detector.check(1, 0));
    }
  }

  @Test
  void a_consumer_has_stalled_when_messages_wait_at_two_checks_in_a_row() {
    assertNull(detector.check(1, 5));
    assertNotNull(detector.check(1, 5));
  }

  @Test
  void a_long_silence_is_stale_though_all_looks_in_order() {
    for (int i = 0; i < 19; i++) {
      detector.check(1, 0);
      assertFalse(detector.stale());
    }
    detector.check(1, 0);
    assertTrue(detector.stale());
    detector.clear();
    assertFalse(detector.stale());
  }

  @Test
  void a_delivery_between_checks_clears_them() {
    assertNull(detector.check(1, 5));
    detector.clear();
    assertNull(detector.check(1, 5));
    assertNull(detector.check(1, 0));
    assertNull(detector.check(1, 5));
  }
}
