package io.cta.bench.chaos;

import static io.cta.bench.chaos.PlannedFault.Kind.BAD_GATEWAY;
import static io.cta.bench.chaos.PlannedFault.Kind.CLOCK;
import static io.cta.bench.chaos.PlannedFault.Kind.DISK;
import static io.cta.bench.chaos.PlannedFault.Kind.KILL;
import static io.cta.bench.chaos.PlannedFault.Kind.PAUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final List<FaultTarget> PARTS =
      List.of(
          part("server", TargetRole.SERVER, KILL),
          part("agent", TargetRole.AGENT, KILL, PAUSE),
          part("broker", TargetRole.BROKER, KILL));

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertEquals(FaultPlan.of(7, LONG, PARTS), FaultPlan.of(7, LONG, PARTS));
    assertNotEquals(FaultPlan.of(7, LONG, PARTS), FaultPlan.of(8, LONG, PARTS));
  }

  @Test
  void everyPartIsHitInTurnFirstAndOnlyAgentsArePaused() {
    List<PlannedFault> plan = FaultPlan.of(1, LONG, PARTS);
    assertEquals(
        PARTS.size(),
        plan.stream()
            .limit(PARTS.size())
            .map(PlannedFault::part)
            .collect(Collectors.toSet())
            .size());
    assertEquals(Set.of("agent"), names(only(PAUSE, plan)));
  }

  @Test
  void onlyClocksThatCanBeSetAreSet() {
    List<FaultTarget> parts =
        List.of(
            part("server", TargetRole.SERVER, KILL),
            part("agent", TargetRole.AGENT, KILL, PAUSE, CLOCK));
    List<PlannedFault> set = only(CLOCK, FaultPlan.of(1, LONG, parts));
    assertEquals(Set.of("agent"), names(set));
    assertEquals(3, set.stream().map(PlannedFault::step).distinct().count());
  }

  @Test
  void onlyDisksThatCanBeFilledAreFilledAndLongEnoughToBeSeen() {
    List<FaultTarget> parts =
        List.of(
            part("server", TargetRole.SERVER, KILL, DISK),
            part("agent", TargetRole.AGENT, KILL, PAUSE));
    List<PlannedFault> filled = only(DISK, FaultPlan.of(1, LONG, parts));
    assertEquals(Set.of("server"), names(filled));
    assertTrue(filled.stream().allMatch(f -> f.length().toSeconds() >= 3), filled::toString);
  }

  @Test
  void aProxyOnlyRefuses() {
    List<FaultTarget> parts =
        List.of(
            part("server", TargetRole.SERVER, KILL, DISK),
            part("proxy", TargetRole.PROXY, BAD_GATEWAY));
    List<PlannedFault> plan = FaultPlan.of(1, LONG, parts);
    assertEquals(Set.of("proxy"), names(only(BAD_GATEWAY, plan)));
    assertEquals(
        only(BAD_GATEWAY, plan).size(),
        plan.stream().filter(f -> f.part().equals("proxy")).count());
  }

  @Test
  void aPartIsNotHitWhileItIsAway() {
    for (FaultTarget faultTarget : PARTS) {
      Duration back = Duration.ZERO;
      for (PlannedFault fault : FaultPlan.of(3, LONG, PARTS)) {
        if (fault.part().equals(faultTarget.name())) {
          assertTrue(fault.at().compareTo(back) > 0, fault::toString);
          back = fault.at().plus(fault.length());
        }
      }
    }
  }

  private static List<PlannedFault> only(PlannedFault.Kind kind, List<PlannedFault> plan) {
    return plan.stream().filter(f -> f.kind() == kind).toList();
  }

  private static Set<String> names(List<PlannedFault> faults) {
    return faults.stream().map(PlannedFault::part).collect(Collectors.toSet());
  }

  private static FaultTarget part(String name, TargetRole role, PlannedFault.Kind... bears) {
    return new Untouched(name, role, Set.of(bears));
  }

  private record Untouched(String name, TargetRole role, Set<PlannedFault.Kind> bears)
      implements FaultTarget {
    @Override
    public void strike(PlannedFault fault) {
      throw new AssertionError("a plan hits nobody");
    }

    @Override
    public void heal(PlannedFault fault) {
      throw new AssertionError("a plan hits nobody");
    }
  }
}
