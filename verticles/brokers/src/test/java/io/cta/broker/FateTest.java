package io.cta.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
      tries = fate.tries();
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
}
