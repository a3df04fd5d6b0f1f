package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which deliveries are attempted now. */
class DeliveryQueueTest {
  private final DeliveryQueue queue = new DeliveryQueue(1_000, 8, 2);

  @Test
  void aChannelThatDoesNotAnswerHoldsUpNoOther() {
    for (int i = 0; i < 50; i++) {
      queue.add("dead" + i, "dead", Duration.ofNanos(i), 0);
    }
    assertEquals(List.of("dead0", "dead1"), queue.takeDue(50));
    queue.add("a", "alive", Duration.ZERO, 51);
    assertEquals(List.of("a"), queue.takeDue(51));
  }

  @Test
  void aDeliveryWaitsForItsTime() {
    queue.add("a", "c", Duration.ofSeconds(5), 0);
    assertEquals(List.of(), queue.takeDue(Duration.ofSeconds(4).toNanos()));
    assertEquals(List.of("a"), queue.takeDue(Duration.ofSeconds(5).toNanos()));
    queue.again("a", Duration.ofSeconds(1), Duration.ofSeconds(6).toNanos());
    assertEquals(List.of(), queue.takeDue(Duration.ofSeconds(6).toNanos()));
    assertEquals(List.of("a"), queue.takeDue(Duration.ofSeconds(7).toNanos()));
    queue.over("a");
    assertFalse(queue.knows("a"));
  }

  @Test
  void oneThatIsKnownIsTakenInOnce() {
    assertTrue(queue.add("a", "c", Duration.ZERO, 0));
    assertFalse(queue.add("a", "c", Duration.ZERO, 0));
    assertEquals(List.of("a"), queue.takeDue(0));
    assertFalse(queue.add("a", "c", Duration.ZERO, 0));
    assertEquals(List.of(), queue.takeDue(0));
  }

  @Test
  void thereIsRoomForSoManyOnly() {
    DeliveryQueue small = new DeliveryQueue(2, 8, 2);
    assertTrue(small.add("a", "c", Duration.ZERO, 0));
    assertTrue(small.add("b", "c", Duration.ZERO, 0));
    assertTrue(small.isFull());
    assertFalse(small.add("d", "c", Duration.ZERO, 0));
  }

  @Test
  void whateverHappensTheBoundsHoldAndAllAreAttempted() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      DeliveryQueue all = new DeliveryQueue(1_000, 8, 2);
      Map<String, String> busy = new HashMap<>();
      Set<String> left = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        all.add("d" + i, "c" + random.nextInt(6), Duration.ofMillis(random.nextInt(50)), 0);
        left.add("d" + i);
      }
      for (long nanos = 0; !left.isEmpty() || !busy.isEmpty(); nanos += 1_000_000) {
        assertTrue(nanos < 60_000_000_000L, "seed " + seed + " left " + left);
        for (String id : all.takeDue(nanos)) {
          assertTrue(left.remove(id), "seed " + seed);
          busy.put(id, id);
        }
        assertTrue(busy.size() <= 8, "seed " + seed);
        for (String id : List.copyOf(busy.keySet())) {
          int what = random.nextInt(4);
          if (what == 0) {
            busy.remove(id);
            all.over(id);
          } else if (what == 1) {
            busy.remove(id);
            left.add(id);
            all.again(id, Duration.ofMillis(random.nextInt(20)), nanos);
          }
        }
      }
      assertEquals(0, all.size());
    }
  }
}
