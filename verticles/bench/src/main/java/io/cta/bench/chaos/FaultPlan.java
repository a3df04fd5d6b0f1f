package io.cta.bench.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What is done to which part and when; the same for the same seed. Pure. */
final class FaultPlan {
  private static final int FIRST_MILLIS = 1_500;
  private static final int LONGEST_GAP_MILLIS = 6_000;
  private static final int LONGEST_DEATH_MILLIS = 2_500;

  /** Longer than a lease at times: then the machine counts as lost, and comes back. */
  private static final int LONGEST_PAUSE_MILLIS = 9_000;

  /** What a part has for starting before it is hit again; brokers take their time. */
  private static final int REST_MILLIS = 4_000;

  private static final int BROKER_REST_MILLIS = 20_000;

  /** Each so manieth fault of a part that has a clock is a step of it. */
  private static final int CLOCKS = 4;

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
    if (part.hasClock() && random.nextInt(CLOCKS) == 0) {
      return new Fault(
          Duration.ofMillis(at),
          Fault.Kind.CLOCK,
          part.name(),
          Duration.ofMillis(random.nextInt(3_000, LONGEST_PAUSE_MILLIS)),
          STEPS.get(random.nextInt(STEPS.size())));
    }
    boolean pause = part.role() == Role.AGENT && random.nextInt(3) == 0;
    int longest = pause ? LONGEST_PAUSE_MILLIS : LONGEST_DEATH_MILLIS;
    return new Fault(
        Duration.ofMillis(at),
        pause ? Fault.Kind.PAUSE : Fault.Kind.KILL,
        part.name(),
        Duration.ofMillis(random.nextInt(100, longest)),
        Duration.ZERO);
  }
}
