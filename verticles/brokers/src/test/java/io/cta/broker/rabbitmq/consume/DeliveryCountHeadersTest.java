package io.cta.broker.rabbitmq.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.DeliveryCounts;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.rabbitmq.topology.DelayQueues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryCountHeadersTest {
  @Test
  void every_wait_has_its_queue() {
    List<Long> steps = DelayQueues.steps();
    for (int n = 1; n < 50; n++) {
      assertTrue(
          steps.contains(RedeliveryDecision.WAITS.after(n)), "none for the wait of try " + n);
    }
    assertEquals(13, steps.size());
  }

  @Test
  void headers_for_the_next_delivery_have_the_counts_and_ours_without_the_servers() {
    Map<String, Object> headers = Map.of("x-death", "…", "cta-reason", "r", "cta-tries", 7);
    assertEquals(7, DeliveryCountHeaders.read(headers).failed());
    assertEquals(
        Map.of("cta-reason", "r", "cta-tries", 8, "cta-postponed", 2),
        DeliveryCountHeaders.withCounts(headers, new DeliveryCounts(8, 2)));
  }
}
