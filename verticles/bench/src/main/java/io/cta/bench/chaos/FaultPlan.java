package io.cta.bench.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Plans which fault hits which part and when; the same seed gives the same plan. Pure. */
final class FaultPlan {
  private static final int FIRST_MILLIS = 1_500;
  private static final int LONGEST_GAP_MILLIS = 6_000;
  private static final int LONGEST_DEATH_MILLIS = 2_500;

  /**
   * Some pauses are longer than a lease: then the server takes the machine as lost, and it comes
   * back.
   */
  private static final int LONGEST_PAUSE_MILLIS = 9_000;

  /** A process sees a set clock after up to a second, and a full disk at its next write. */
  private static final int SHORTEST_TROUBLE_MILLIS = 3_000;

  /** A part has this long to start before the next fault hits it. */
  private static final int REST_MILLIS = 4_000;

  private static final int BROKER_REST_MILLIS = 20_000;

  /**
   * If a part has a clock of its own, one in this many of its faults sets it; the same for a disk.
   */
  private static final int ONE_IN = 4;

  private static final List<Duration> STEPS =
      List.of(Duration.ofSeconds(31), Duration.ofHours(2), Duration.ofHours(-2));

  private FaultPlan() {}

  static List<PlannedFault> of(long seed, Duration over, List<FaultTarget> parts) {
    RandomGenerator random = SeededRandom.generator(seed, "faults");
    List<PlannedFault> plan = new ArrayList<>();
    Map<String, Long> freeAt = new HashMap<>();
    Deque<FaultTarget> unhurt = shuffled(random, parts);
    long at = FIRST_MILLIS;
    while (at < over.toMillis()) {
      long now = at;
      List<FaultTarget> free =
          parts.stream().filter(p -> freeAt.getOrDefault(p.name(), 0L) <= now).toList();
      if (!free.isEmpty()) {
        // every part is hit once before any is hit twice
        FaultTarget faultTarget =
            unhurt.isEmpty() ? free.get(random.nextInt(free.size())) : unhurt.pop();
        PlannedFault fault = hit(random, at, faultTarget);
        int rest = faultTarget.role() == TargetRole.BROKER ? BROKER_REST_MILLIS : REST_MILLIS;
        freeAt.put(fault.part(), at + fault.length().toMillis() + rest);
        plan.add(fault);
      }
      at += random.nextInt(500, LONGEST_GAP_MILLIS);
    }
    return plan;
  }

  private static Deque<FaultTarget> shuffled(RandomGenerator random, List<FaultTarget> parts) {
    List<FaultTarget> left = new ArrayList<>(parts);
    Deque<FaultTarget> out = new ArrayDeque<>();
    while (!left.isEmpty()) {
      out.add(left.remove(random.nextInt(left.size())));
    }
    return out;
  }

  private static PlannedFault hit(RandomGenerator random, long at, FaultTarget faultTarget) {
    PlannedFault.Kind kind = kind(random, faultTarget);
    int shortest =
        kind == PlannedFault.Kind.CLOCK || kind == PlannedFault.Kind.DISK
            ? SHORTEST_TROUBLE_MILLIS
            : 100;
    int longest = kind == PlannedFault.Kind.KILL ? LONGEST_DEATH_MILLIS : LONGEST_PAUSE_MILLIS;
    return new PlannedFault(
        Duration.ofMillis(at),
        kind,
        faultTarget.name(),
        Duration.ofMillis(random.nextInt(shortest, longest)),
        kind == PlannedFault.Kind.CLOCK ? STEPS.get(random.nextInt(STEPS.size())) : Duration.ZERO);
  }

  private static PlannedFault.Kind kind(RandomGenerator random, FaultTarget faultTarget) {
    Set<PlannedFault.Kind> bears = faultTarget.bears();
    for (PlannedFault.Kind rare : List.of(PlannedFault.Kind.CLOCK, PlannedFault.Kind.DISK)) {
      if (bears.contains(rare) && random.nextInt(ONE_IN) == 0) {
        return rare;
      }
    }
    if (bears.contains(PlannedFault.Kind.BAD_GATEWAY)) {
      return PlannedFault.Kind.BAD_GATEWAY;
    }
    boolean pause = bears.contains(PlannedFault.Kind.PAUSE) && random.nextInt(3) == 0;
    return pause ? PlannedFault.Kind.PAUSE : PlannedFault.Kind.KILL;
  }
}
