package io.cta.server.dispatch.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the executions that go before one that waits: those of lanes on a higher level, and the
 * older ones of its own lane. Lanes of other groups on the same level take turns with it and do not
 * count. Large numbers are rounded, so that the text seldom changes.
 */
final class QueuePositions {
  private static final int[] STEPS = {5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

  private record Place(long higher, long earlier) {}

  private final Map<ExecutionEntry, Place> places = new HashMap<>();

  QueuePositions(Collection<WaitingLane> lanes, long now) {
    Map<MachineCriteria, List<WaitingLane>> pools = new LinkedHashMap<>();
    for (WaitingLane lane : lanes) {
      pools.computeIfAbsent(lane.key.criteria(), c -> new ArrayList<>()).add(lane);
    }
    pools.values().forEach(pool -> count(pool, now));
  }

  /** Empty, or for people, such as {@code ; ahead of it: 2 executions of higher priority}. */
  String of(ExecutionEntry executionEntry) {
    Place place = places.get(executionEntry);
    if (place == null || place.higher + place.earlier == 0) {
      return "";
    }
    String higher = place.higher == 0 ? "" : executions(place.higher) + " of higher priority";
    String earlier = place.earlier == 0 ? "" : executions(place.earlier) + " that waited longer";
    String and = place.higher > 0 && place.earlier > 0 ? ", " : "";
    return "; ahead of it: " + higher + and + earlier;
  }

  private void count(List<WaitingLane> pool, long now) {
    pool.sort(Comparator.<WaitingLane>comparingLong(lane -> lane.level(now)).reversed());
    long before = 0;
    long higher = 0;
    long level = Long.MAX_VALUE;
    for (WaitingLane lane : pool) {
      if (lane.level(now) < level) {
        level = lane.level(now);
        higher = before;
      }
      long earlier = 0;
      for (ExecutionEntry executionEntry : lane.executions.values()) {
        places.put(executionEntry, new Place(higher, earlier++));
      }
      before += lane.executions.size();
    }
  }

  private static String executions(long n) {
    if (n == 1) {
      return "1 execution";
    }
    int step = 0;
    while (step < STEPS.length && n > STEPS[step]) {
      step++;
    }
    return step == 0 ? n + " executions" : "more than " + STEPS[step - 1] + " executions";
  }
}
