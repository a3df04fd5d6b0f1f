package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineActivityTrackerTest {
  private final MachineActivityTracker machineActivityTracker = new MachineActivityTracker();

  @Test
  void aTaskCountsForItsMachineFromAckToEnd() {
    assertEquals(
        List.of(), machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.PENDING)));
    assertEquals(
        List.of("m"), machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.ACKED)));
    assertEquals(
        List.of("m"), machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.RUNNING)));
    assertEquals(1, machineActivityTracker.view("m").tasks().size());
    assertEquals(
        List.of("m"), machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.FINISHED)));
    assertEquals(0, machineActivityTracker.view("m").tasks().size());
  }

  @Test
  void aTaskThatMovesLeavesTheOtherMachine() {
    machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.ACKED));
    assertEquals(
        List.of("m", "n"),
        machineActivityTracker.heard(SampleRecords.task("E-0", "n", State.ACKED)));
    assertEquals(0, machineActivityTracker.view("m").tasks().size());
  }

  @Test
  void ofAMachineThatIsGoneNothingIsLeftAndNothingComesBack() {
    machineActivityTracker.heard(SampleRecords.machine("m", 0.5));
    machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.RUNNING));
    machineActivityTracker.forget("m");
    assertEquals(Set.of(), machineActivityTracker.machineIds());
    assertEquals(
        List.of(), machineActivityTracker.heard(SampleRecords.task("E-0", "m", State.FINISHED)));
    assertEquals(
        List.of(), machineActivityTracker.heard(SampleRecords.task("E-1", "m", State.RUNNING)));
    assertFalse(machineActivityTracker.heard(SampleRecords.machine("m", 0.7)));
    assertEquals(Set.of(), machineActivityTracker.machineIds());
    assertEquals(
        List.of("n"), machineActivityTracker.heard(SampleRecords.task("E-0", "n", State.ACKED)));
  }

  @Test
  void aHeartbeatThatSaysNothingNewIsNotShown() {
    assertTrue(machineActivityTracker.heard(SampleRecords.machine("m", 0.5)));
    assertFalse(machineActivityTracker.heard(SampleRecords.machine("m", 0.5)));
    assertTrue(machineActivityTracker.heard(SampleRecords.machine("m", 0.7)));
  }
}
