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

/** What is done to which part and when; the same for the same seed. Pure. */
final class FaultPlan {
  private static final int FIRST_MILLIS = 1_500;
  private static final int LONGEST_GAP_MILLIS = 6_000;
  private static final int LONGEST_DEATH_MILLIS = 2_500;

  /** Longer than a lease at times: then the machine counts as lost, and comes back. */
  private static final int LONGEST_PAUSE_MILLIS = 9_000;

  /** Clocks take a second to be seen, full disks a write. */
  private static final int SHORTEST_TROUBLE = 3_000;

  /** What a part has for starting before it is hit again; brokers take their time. */
  private static final int REST_MILLIS = 4_000;

  private static final int BROKER_REST_MILLIS = 20_000;

  /** Each so manieth fault of a part that has a clock, or a disk, is one of it. */
  private static final int ONE_IN = 4;

  private static final List<Duration> STEPS =
      List.of(Duration.ofSeconds(31), Duration.ofHours(2), Duration.ofHours(-2));

  private FaultPlan() {}

  static List<Fault> of(long seed, Duration over, List<Part> parts) {
    RandomGenerator random = Seeds.generator(seed, "faults");
    List<Fault> plan = new ArrayList<>();
    Map<String, Long> freeAt = new HashMap<>();
    Deque<Part> unhurt = shuffled(random, parts);
    long at = FIRST_MILLIS;
    while (at < over.toMillis()) {
      long now = at;
      List<Part> free =
          parts.stream().filter(p -> freeAt.getOrDefault(p.name(), 0L) <= now).toList();
      if (!free.isEmpty()) {
        // none is spared: each has its turn before any has a second one
        Part part = unhurt.isEmpty() ? free.get(random.nextInt(free.size())) : unhurt.pop();
        Fault fault = hit(random, at, part);
        int rest = part.role() == Role.BROKER ? BROKER_REST_MILLIS : REST_MILLIS;
        freeAt.put(fault.part(), at + fault.length().toMillis() + rest);
        plan.add(fault);
      }
      at += random.nextInt(500, LONGEST_GAP_MILLIS);
    }
    return plan;
  }

  private static Deque<Part> shuffled(RandomGenerator random, List<Part> parts) {
    List<Part> left = new ArrayList<>(parts);
    Deque<Part> out = new ArrayDeque<>();
    while (!left.isEmpty()) {
      out.add(left.remove(random.nextInt(left.size())));
    }
    return out;
  }

  private static Fault hit(RandomGenerator random, long at, Part part) {
    Fault.Kind kind = kind(random, part);
    int shortest = kind == Fault.Kind.CLOCK || kind == Fault.Kind.DISK ? SHORTEST_TROUBLE : 100;
    int longest = kind == Fault.Kind.KILL ? LONGEST_DEATH_MILLIS : LONGEST_PAUSE_MILLIS;
    return new Fault(
        Duration.ofMillis(at),
        kind,
        part.name(),
        Duration.ofMillis(random.nextInt(shortest, longest)),
        kind == Fault.Kind.CLOCK ? STEPS.get(random.nextInt(STEPS.size())) : Duration.ZERO);
  }

  private static Fault.Kind kind(RandomGenerator random, Part part) {
    Set<Fault.Kind> bears = part.bears();
    for (Fault.Kind rare : List.of(Fault.Kind.CLOCK, Fault.Kind.DISK)) {
      if (bears.contains(rare) && random.nextInt(ONE_IN) == 0) {
        return rare;
      }
    }
    if (bears.contains(Fault.Kind.BAD_GATEWAY)) {
      return Fault.Kind.BAD_GATEWAY;
    }
    boolean pause = bears.contains(Fault.Kind.PAUSE) && random.nextInt(3) == 0;
    return pause ? Fault.Kind.PAUSE : Fault.Kind.KILL;
  }
}
