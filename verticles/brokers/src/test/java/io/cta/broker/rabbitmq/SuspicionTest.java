package io.cta.broker.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SuspicionTest {
  private final Suspicion suspicion = new Suspicion();

  @Test
  void a_consumer_that_the_server_does_not_know_is_deaf() {
    assertNotNull(suspicion.look(0, 0));
  }

  @Test
  void an_empty_queue_is_no_ground_for_suspicion() {
    for (int i = 0; i < 10; i++) {
      assertNull(suspicion.look(1, 0));
    }
  }

  @Test
  void messages_that_wait_at_two_looks_in_a_row_are() {
    assertNull(suspicion.look(1, 5));
    assertNotNull(suspicion.look(1, 5));
  }

  @Test
  void a_long_silence_is_ground_enough_though_all_looks_in_order() {
    for (int i = 0; i < 19; i++) {
      suspicion.look(1, 0);
      assertFalse(suspicion.stale());
    }
    suspicion.look(1, 0);
    assertTrue(suspicion.stale());
    suspicion.clear();
    assertFalse(suspicion.stale());
  }

  @Test
  void a_sign_of_life_between_them_clears_it() {
    assertNull(suspicion.look(1, 5));
    suspicion.clear();
    assertNull(suspicion.look(1, 5));
    assertNull(suspicion.look(1, 0));
    assertNull(suspicion.look(1, 5));
  }
}
