package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private final Activity activity = new Activity();

  @Test
  void aTaskCountsForItsMachineFromAckToEnd() {
    assertEquals(List.of(), activity.heard(Samples.task("E-0", "m", State.PENDING)));
    assertEquals(List.of("m"), activity.heard(Samples.task("E-0", "m", State.ACKED)));
    assertEquals(List.of("m"), activity.heard(Samples.task("E-0", "m", State.RUNNING)));
    assertEquals(1, activity.view("m").get("tasks").size());
    assertEquals(List.of("m"), activity.heard(Samples.task("E-0", "m", State.FINISHED)));
    assertEquals(0, activity.view("m").get("tasks").size());
  }

  @Test
  void aTaskThatMovesLeavesTheOtherMachine() {
    activity.heard(Samples.task("E-0", "m", State.ACKED));
    assertEquals(List.of("m", "n"), activity.heard(Samples.task("E-0", "n", State.ACKED)));
    assertEquals(0, activity.view("m").get("tasks").size());
  }

  @Test
  void ofAMachineThatIsGoneNothingIsLeftAndNothingComesBack() {
    activity.heard(Samples.machine("m", 0.5));
    activity.heard(Samples.task("E-0", "m", State.RUNNING));
    activity.forget("m");
    assertEquals(Set.of(), activity.machineIds());
    assertEquals(List.of(), activity.heard(Samples.task("E-0", "m", State.FINISHED)));
    assertEquals(List.of(), activity.heard(Samples.task("E-1", "m", State.RUNNING)));
    assertFalse(activity.heard(Samples.machine("m", 0.7)));
    assertEquals(Set.of(), activity.machineIds());
    assertEquals(List.of("n"), activity.heard(Samples.task("E-0", "n", State.ACKED)));
  }

  @Test
  void aHeartbeatThatSaysNothingNewIsNotShown() {
    assertTrue(activity.heard(Samples.machine("m", 0.5)));
    assertFalse(activity.heard(Samples.machine("m", 0.5)));
    assertTrue(activity.heard(Samples.machine("m", 0.7)));
  }
}
