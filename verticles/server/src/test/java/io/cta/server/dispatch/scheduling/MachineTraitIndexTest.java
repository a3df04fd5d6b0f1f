package io.cta.server.dispatch.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineTraitIndexTest {
  private static final Machine A = SchedulingFixtures.machine("a", true, 1);
  private static final Machine B = SchedulingFixtures.machine("b", true, 1);
  private static final Machine BARE = SchedulingFixtures.bare("c");

  private final MachineTraitIndex traits = SchedulingFixtures.traits(List.of(A, B, BARE));

  @Test
  void theRarestPartOfTheCriteriaIsLookedUp() {
    assertEquals(Set.of("id-b"), traits.candidates(criteria(List.of("b"), List.of("lab"))));
    assertEquals(Set.of("id-a", "id-b"), traits.candidates(criteria(List.of(), List.of("lab"))));
    assertEquals(Set.of(), traits.candidates(criteria(List.of("a"), List.of("gpu"))));
  }

  @Test
  void withoutCriteriaAllMachinesAreMeant() {
    assertEquals(Set.of("id-a", "id-b", "id-c"), traits.candidates(criteria(List.of(), List.of())));
  }

  @Test
  void aTraitIsThereWhileAMachineHasIt() {
    List<MachineTrait> lab = List.of(MachineTrait.label("lab"));
    traits.put(A, SchedulingFixtures.bare("a"));
    assertTrue(traits.has(lab));
    traits.put(B, SchedulingFixtures.bare("b"));
    assertFalse(traits.has(lab));
    traits.put(SchedulingFixtures.bare("b"), B);
    assertEquals(Set.of("id-b"), traits.candidates(criteria(List.of(), List.of("lab"))));
  }

  @Test
  void aRetiredMachineHasNone() {
    traits.put(BARE, SchedulingFixtures.machine("c", true, 1, Health.RETIRED, 0));
    assertFalse(traits.has(List.of(MachineTrait.called("c"), MachineTrait.called("id-c"))));
    assertEquals(Set.of("id-a", "id-b"), traits.candidates(criteria(List.of(), List.of())));
  }

  private static MachineCriteria criteria(List<String> machines, List<String> labels) {
    return new MachineCriteria(machines, List.of(), labels, Map.of());
  }
}
