package io.cta.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPlanTest {
  @TempDir Path dir;

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final List<Part> PARTS =
      List.of(part("server", Role.SERVER), part("agent", Role.AGENT), part("broker", Role.BROKER));

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
    assertEquals(
        List.of("agent"),
        plan.stream()
            .filter(f -> f.kind() == Fault.Kind.PAUSE)
            .map(Fault::part)
            .distinct()
            .toList());
  }

  @Test
  void onlyClocksThatCanBeSetAreSet() {
    FakeClock clock = new FakeClock(Path.of("none"), dir.resolve("clock"));
    List<Part> parts =
        List.of(
            part("server", Role.SERVER),
            new ProcessPart("agent", Role.AGENT, () -> null, () -> {}, clock));
    List<Fault> set =
        FaultPlan.of(1, LONG, parts).stream().filter(f -> f.kind() == Fault.Kind.CLOCK).toList();
    assertEquals(List.of("agent"), set.stream().map(Fault::part).distinct().toList());
    assertEquals(3, set.stream().map(Fault::step).distinct().count());
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

  private static Part part(String name, Role role) {
    return new ProcessPart(name, role, () -> null, () -> {}, null);
  }
}
