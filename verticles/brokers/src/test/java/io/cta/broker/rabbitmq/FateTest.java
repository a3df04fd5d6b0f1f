package io.cta.broker.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.Postponed;
import io.cta.broker.Rejected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FateTest {
  private static final Tries FIRST = new Tries(0, 0);

  @Test
  void success_is_the_end() {
    assertEquals(Fate.Kind.DONE, Fate.of(null, FIRST, 3).kind());
  }

  @Test
  void what_is_rejected_is_dead_at_once_with_its_reason() {
    Fate fate = Fate.of(new Rejected("unknown type"), FIRST, 20);
    assertEquals(new Fate(Fate.Kind.DEAD, "unknown type", 0, new Tries(1, 0)), fate);
  }

  @Test
  void a_failure_comes_again_later_and_later_until_its_tries_are_over() {
    Tries tries = FIRST;
    for (long wait : List.of(10, 20, 40)) {
      Fate fate = Fate.of(new RuntimeException("it hurts"), tries, 4);
      assertEquals(Fate.Kind.AGAIN, fate.kind());
      assertEquals(wait, fate.waitMillis());
      tries = Tries.of(fate.tries().onto(null));
    }
    Fate last = Fate.of(new RuntimeException("it hurts"), tries, 4);
    assertEquals(Fate.Kind.DEAD, last.kind());
    assertEquals("given up after 4 deliveries: it hurts", last.reason());
  }

  @Test
  void postponing_never_uses_up_tries() {
    Tries tries = new Tries(1, 0);
    Fate fate = null;
    for (int i = 0; i < 100; i++) {
      fate = Fate.of(new Postponed("store is away"), tries, 2);
      assertEquals(Fate.Kind.AGAIN, fate.kind());
      tries = fate.tries();
    }
    assertEquals(30_000, fate.waitMillis());
    assertEquals(new Tries(1, 100), tries);
  }

  @Test
  void every_wait_has_its_queue() {
    List<Long> steps = Delays.steps();
    for (int n = 1; n < 50; n++) {
      assertTrue(steps.contains(Delays.after(n)), "none for the wait of try " + n);
    }
    assertEquals(13, steps.size());
  }

  @Test
  void counts_travel_in_headers_with_ours_and_without_the_servers() {
    Map<String, Object> headers = Map.of("x-death", "…", "cta-reason", "r", "cta-tries", 7);
    assertEquals(7, Tries.of(headers).failed());
    assertEquals(
        Map.of("cta-reason", "r", "cta-tries", 8, "cta-postponed", 2),
        new Tries(8, 2).onto(headers));
  }
}
