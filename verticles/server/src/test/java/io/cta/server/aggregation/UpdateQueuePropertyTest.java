package io.cta.server.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is marked and in which order updates end, the queue keeps its promises. */
@Timeout(30)
class UpdateQueuePropertyTest {
  private static final int EXECUTIONS = 20;
  private static final int MAX_BUSY = 4;
  private static final int STEPS = 1_000;

  private final UpdateQueue queue = new UpdateQueue(MAX_BUSY);
  private final List<String> busy = new ArrayList<>();
  private final Set<String> owed = new HashSet<>();

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsMarkedIsUpdatedOnceAtATimeAndNothingElseIs(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(3)) {
        case 0 -> mark("e" + random.nextInt(EXECUTIONS));
        case 1 -> take();
        default -> finish(random);
      }
      assertEquals(!owed.isEmpty(), queue.hasMarked(), "step " + step);
    }
    while (queue.hasMarked()) {
      take();
      assertFalse(busy.isEmpty(), "what is marked is never due");
      finish(random);
    }
    assertEquals(Set.of(), owed);
  }

  private void mark(String id) {
    queue.mark(id);
    owed.add(id);
  }

  private void take() {
    for (String id : queue.takeDue()) {
      assertTrue(owed.remove(id), "due without a mark: " + id);
      assertFalse(busy.contains(id), "due twice at once: " + id);
      busy.add(id);
    }
    assertTrue(busy.size() <= MAX_BUSY);
    assertTrue(busy.size() == MAX_BUSY || busy.containsAll(owed), "room left for what is marked");
  }

  private void finish(Random random) {
    if (!busy.isEmpty()) {
      queue.finished(busy.remove(random.nextInt(busy.size())));
    }
  }
}
