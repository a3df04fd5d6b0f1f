package io.cta.bench.chaos;

import static io.cta.bench.chaos.Fault.Kind.BAD_GATEWAY;
import static io.cta.bench.chaos.Fault.Kind.CLOCK;
import static io.cta.bench.chaos.Fault.Kind.DISK;
import static io.cta.bench.chaos.Fault.Kind.KILL;
import static io.cta.bench.chaos.Fault.Kind.PAUSE;
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
  private static final List<Part> PARTS =
      List.of(
          part("server", Role.SERVER, KILL),
          part("agent", Role.AGENT, KILL, PAUSE),
          part("broker", Role.BROKER, KILL));

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertEquals(FaultPlan.of(7, LONG, PARTS), FaultPlan.of(7, LONG, PARTS));
    assertNotEquals(FaultPlan.of(7, LONG, PARTS), FaultPlan.of(8, LONG, PARTS));
  }

  @Test
  void everyPartIsHitInTurnFirstAndOnlyAgentsArePaused() {
    List<Fault> plan = FaultPlan.of(1, LONG, PARTS);
    assertEquals(
        PARTS.size(),
        plan.stream().limit(PARTS.size()).map(Fault::part).collect(Collectors.toSet()).size());
    assertEquals(Set.of("agent"), names(only(PAUSE, plan)));
  }

  @Test
  void onlyClocksThatCanBeSetAreSet() {
    List<Part> parts =
        List.of(part("server", Role.SERVER, KILL), part("agent", Role.AGENT, KILL, PAUSE, CLOCK));
    List<Fault> set = only(CLOCK, FaultPlan.of(1, LONG, parts));
    assertEquals(Set.of("agent"), names(set));
    assertEquals(3, set.stream().map(Fault::step).distinct().count());
  }

  @Test
  void onlyDisksThatCanBeFilledAreFilledAndLongEnoughToBeSeen() {
    List<Part> parts =
        List.of(part("server", Role.SERVER, KILL, DISK), part("agent", Role.AGENT, KILL, PAUSE));
    List<Fault> filled = only(DISK, FaultPlan.of(1, LONG, parts));
    assertEquals(Set.of("server"), names(filled));
    assertTrue(filled.stream().allMatch(f -> f.length().toSeconds() >= 3), filled::toString);
  }

  @Test
  void aProxyOnlyRefuses() {
    List<Part> parts =
        List.of(part("server", Role.SERVER, KILL, DISK), part("proxy", Role.PROXY, BAD_GATEWAY));
    List<Fault> plan = FaultPlan.of(1, LONG, parts);
    assertEquals(Set.of("proxy"), names(only(BAD_GATEWAY, plan)));
    assertEquals(
        only(BAD_GATEWAY, plan).size(),
        plan.stream().filter(f -> f.part().equals("proxy")).count());
  }

  @Test
  void aPartIsNotHitWhileItIsAway() {
    for (Part part : PARTS) {
      Duration back = Duration.ZERO;
      for (Fault fault : FaultPlan.of(3, LONG, PARTS)) {
        if (fault.part().equals(part.name())) {
          assertTrue(fault.at().compareTo(back) > 0, fault::toString);
          back = fault.at().plus(fault.length());
        }
      }
    }
  }

  private static List<Fault> only(Fault.Kind kind, List<Fault> plan) {
    return plan.stream().filter(f -> f.kind() == kind).toList();
  }

  private static Set<String> names(List<Fault> faults) {
    return faults.stream().map(Fault::part).collect(Collectors.toSet());
  }

  private static Part part(String name, Role role, Fault.Kind... bears) {
    return new Untouched(name, role, Set.of(bears));
  }

  private record Untouched(String name, Role role, Set<Fault.Kind> bears) implements Part {
    @Override
    public void strike(Fault fault) {
      throw new AssertionError("a plan hits nobody");
    }

    @Override
    public void heal(Fault fault) {
      throw new AssertionError("a plan hits nobody");
    }
  }
}
