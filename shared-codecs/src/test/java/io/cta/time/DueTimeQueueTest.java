package io.cta.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DueTimeQueueTest {
  private static final long NOW = Long.MAX_VALUE - 100;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final DueTimeQueue times = new DueTimeQueue();

  @Test
  void theLongestDueComeFirstAndComeAgain() {
    times.put("b", Duration.ofNanos(20), NOW);
    times.put("a", Duration.ofNanos(10), NOW);
    times.put("c", Duration.ofNanos(31), NOW);
    assertEquals(List.of("a", "b"), times.due(NOW + 30, 10, AGAIN));
    assertEquals(List.of("c"), times.due(NOW + 31, 10, AGAIN));
    assertEquals(List.of(), times.due(NOW + 32, 10, AGAIN));
    assertEquals(Set.of("a", "b"), Set.copyOf(times.due(NOW + 30 + AGAIN.toNanos(), 10, AGAIN)));
  }

  @Test
  void aPastTimeIsDueNowAndAnEndlessWaitNever() {
    times.put("late", Duration.ofHours(-2), NOW);
    times.put("never", Duration.ofSeconds(Long.MAX_VALUE), NOW);
    assertEquals(List.of("late"), times.due(NOW, 10, AGAIN));
    assertEquals(36_500, times.left("never", NOW).toDays());
  }

  @Test
  void whatWasMovedOrRemovedIsNotDueAtItsOldTime() {
    times.put("a", Duration.ofNanos(1), NOW);
    times.put("b", Duration.ofNanos(2), NOW);
    times.put("a", Duration.ofNanos(50), NOW);
    times.remove("b");
    assertEquals(List.of(), times.due(NOW + 9, 10, AGAIN));
    assertEquals(Duration.ofNanos(41), times.left("a", NOW + 9));
    assertNull(times.left("b", NOW));
  }

  @Test
  void manyMovesAgreeWithAPlainMap() {
    Random random = new Random(7);
    Map<String, Long> plain = new HashMap<>();
    long now = NOW;
    for (int i = 0; i < 20_000; i++) {
      String id = "t" + random.nextInt(50);
      if (random.nextInt(4) == 0) {
        times.remove(id);
        plain.remove(id);
      } else {
        int wait = random.nextInt(1_000);
        times.put(id, Duration.ofNanos(wait), now);
        plain.put(id, now + wait);
      }
      now += random.nextInt(30);
      long at = now;
      Set<String> due =
          plain.entrySet().stream()
              .filter(e -> e.getValue() - at <= 0)
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(TreeSet::new));
      due.forEach(d -> plain.put(d, at + 500));
      assertEquals(due, new TreeSet<>(times.due(now, 100, Duration.ofNanos(500))));
    }
  }
}
