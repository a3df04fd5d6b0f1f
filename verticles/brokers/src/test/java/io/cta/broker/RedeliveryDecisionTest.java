package io.cta.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedeliveryDecisionTest {
  private static final DeliveryCounts FIRST = new DeliveryCounts(0, 0);

  @Test
  void success_is_the_end() {
    assertEquals(RedeliveryDecision.Kind.DONE, RedeliveryDecision.of(null, FIRST, 3).kind());
  }

  @Test
  void what_is_rejected_is_dead_at_once_with_its_reason() {
    RedeliveryDecision redeliveryDecision =
        RedeliveryDecision.of(new DeliveryRejected("unknown type"), FIRST, 20);
    assertEquals(
        new RedeliveryDecision(
            RedeliveryDecision.Kind.DEAD, "unknown type", 0, new DeliveryCounts(1, 0)),
        redeliveryDecision);
  }

  @Test
  void a_failure_comes_again_later_and_later_until_its_tries_are_over() {
    DeliveryCounts deliveryCounts = FIRST;
    for (long wait : List.of(10, 20, 40)) {
      RedeliveryDecision redeliveryDecision =
          RedeliveryDecision.of(new RuntimeException("it hurts"), deliveryCounts, 4);
      assertEquals(RedeliveryDecision.Kind.AGAIN, redeliveryDecision.kind());
      assertEquals(wait, redeliveryDecision.waitMillis());
      deliveryCounts = redeliveryDecision.tries();
    }
    RedeliveryDecision last =
        RedeliveryDecision.of(new RuntimeException("it hurts"), deliveryCounts, 4);
    assertEquals(RedeliveryDecision.Kind.DEAD, last.kind());
    assertEquals("given up after 4 deliveries: it hurts", last.reason());
  }

  @Test
  void postponing_never_uses_up_tries() {
    DeliveryCounts deliveryCounts = new DeliveryCounts(1, 0);
    RedeliveryDecision redeliveryDecision = null;
    for (int i = 0; i < 100; i++) {
      redeliveryDecision =
          RedeliveryDecision.of(new DeliveryPostponed("store is away"), deliveryCounts, 2);
      assertEquals(RedeliveryDecision.Kind.AGAIN, redeliveryDecision.kind());
      deliveryCounts = redeliveryDecision.tries();
    }
    assertEquals(30_000, redeliveryDecision.waitMillis());
    assertEquals(new DeliveryCounts(1, 100), deliveryCounts);
  }
}
