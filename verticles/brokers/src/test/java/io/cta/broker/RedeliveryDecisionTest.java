package io.cta.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedeliveryDecisionTest {
  private static final DeliveryCounts FIRST = new DeliveryCounts(0, 0);

  @Test
  void success_settles_the_message() {
    assertEquals(RedeliveryDecision.Kind.DONE, RedeliveryDecision.of(null, FIRST, 3).kind());
  }

  @Test
  void a_rejected_message_is_dead_at_once_with_its_reason() {
    RedeliveryDecision decision =
        RedeliveryDecision.of(new DeliveryRejected("unknown type"), FIRST, 20);
    assertEquals(
        new RedeliveryDecision(
            RedeliveryDecision.Kind.DEAD, "unknown type", 0, new DeliveryCounts(1, 0)),
        decision);
  }

  @Test
  void a_failed_message_waits_longer_each_time_until_its_tries_are_over() {
    DeliveryCounts counts = FIRST;
    for (long wait : List.of(10, 20, 40)) {
      RedeliveryDecision decision =
          RedeliveryDecision.of(new RuntimeException("it hurts"), counts, 4);
      assertEquals(RedeliveryDecision.Kind.AGAIN, decision.kind());
      assertEquals(wait, decision.waitMillis());
      counts = decision.tries();
    }
    RedeliveryDecision last = RedeliveryDecision.of(new RuntimeException("it hurts"), counts, 4);
    assertEquals(RedeliveryDecision.Kind.DEAD, last.kind());
    assertEquals("given up after 4 deliveries: it hurts", last.reason());
  }

  @Test
  void postponing_never_uses_up_tries() {
    DeliveryCounts counts = new DeliveryCounts(1, 0);
    RedeliveryDecision decision = null;
    for (int i = 0; i < 100; i++) {
      decision = RedeliveryDecision.of(new DeliveryPostponed("store is away"), counts, 2);
      assertEquals(RedeliveryDecision.Kind.AGAIN, decision.kind());
      counts = decision.tries();
    }
    assertEquals(30_000, decision.waitMillis());
    assertEquals(new DeliveryCounts(1, 100), counts);
  }
}
