package io.cta.server.dispatch.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnmetCriteriaTest {
  private static final Machine A = SchedulingFixtures.machine("a", true, 1);
  private static final Machine RETIRED =
      SchedulingFixtures.machine("old", true, 1, Health.RETIRED, 0);

  @Test
  void withoutMachinesThatIsWhatIsSaid() {
    assertEquals("no machine is registered", of(criteria(), List.of()));
    assertEquals("no machine is registered", of(criteria(), List.of(RETIRED)));
  }

  @Test
  void everyPartThatNobodyMeetsIsNamed() {
    MachineCriteria c =
        new MachineCriteria(
            List.of("x", "y"), List.of("lab"), List.of("gpu"), Map.of("jdk", List.of("8", "11")));
    assertEquals(
        "no machine is called x or y, none is in the group lab, none has the label gpu, none has"
            + " jdk 8 or 11",
        of(c, List.of(A)));
  }

  @Test
  void partsThatNobodyMeetsTogetherAreNamedAsSuch() {
    Machine b = SchedulingFixtures.machine("b", true, 1);
    Machine c = SchedulingFixtures.machine("c", true, 1);
    MachineCriteria both = new MachineCriteria(List.of("b"), List.of(), List.of(), Map.of());
    assertEquals("no machine is called b", of(both, List.of(A, c)));
    MachineCriteria named =
        new MachineCriteria(List.of("b"), List.of(), List.of(), Map.of("os", List.of("x")));
    assertEquals("no machine has os x", of(named, List.of(A, b)));
    MachineCriteria together =
        new MachineCriteria(List.of("b"), List.of(), List.of("lab"), Map.of("jdk", List.of("17")));
    assertEquals(
        "no machine at once is called b and has the label lab and has jdk 17",
        of(together, List.of(A, SchedulingFixtures.bare("b"))));
  }

  @Test
  void aLongListIsCut() {
    MachineCriteria many =
        new MachineCriteria(Collections.nCopies(50, "x"), List.of(), List.of(), Map.of());
    assertEquals("no machine is called x or x or x or x or x or 45 more", of(many, List.of(A)));
    MachineCriteria wide =
        new MachineCriteria(List.of("x".repeat(2000)), List.of(), List.of(), Map.of());
    assertTrue(of(wide, List.of(A)).length() < 310);
  }

  private static MachineCriteria criteria() {
    return new MachineCriteria(List.of(), List.of(), List.of(), Map.of());
  }

  private static String of(MachineCriteria criteria, List<Machine> machines) {
    return UnmetCriteria.of(criteria, SchedulingFixtures.traits(machines));
  }
}
