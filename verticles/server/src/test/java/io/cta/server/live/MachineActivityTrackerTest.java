package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineActivityTrackerTest {
  private final MachineActivityTracker tracker = new MachineActivityTracker();

  @Test
  void aTaskCountsForItsMachineFromAckToEnd() {
    assertEquals(List.of(), tracker.heard(SampleRecords.task("E-0", "m", State.PENDING)));
    assertEquals(List.of("m"), tracker.heard(SampleRecords.task("E-0", "m", State.ACKED)));
    assertEquals(List.of("m"), tracker.heard(SampleRecords.task("E-0", "m", State.RUNNING)));
    assertEquals(1, tracker.view("m").tasks().size());
    assertEquals(List.of("m"), tracker.heard(SampleRecords.task("E-0", "m", State.FINISHED)));
    assertEquals(0, tracker.view("m").tasks().size());
  }

  @Test
  void aTaskThatMovesLeavesTheOtherMachine() {
    tracker.heard(SampleRecords.task("E-0", "m", State.ACKED));
    assertEquals(List.of("m", "n"), tracker.heard(SampleRecords.task("E-0", "n", State.ACKED)));
    assertEquals(0, tracker.view("m").tasks().size());
  }

  @Test
  void aDeletedMachineIsForgottenForGood() {
    tracker.heard(SampleRecords.machine("m", 0.5));
    tracker.heard(SampleRecords.task("E-0", "m", State.RUNNING));
    tracker.forget("m");
    assertEquals(Set.of(), tracker.machineIds());
    assertEquals(List.of(), tracker.heard(SampleRecords.task("E-0", "m", State.FINISHED)));
    assertEquals(List.of(), tracker.heard(SampleRecords.task("E-1", "m", State.RUNNING)));
    assertFalse(tracker.heard(SampleRecords.machine("m", 0.7)));
    assertEquals(Set.of(), tracker.machineIds());
    assertEquals(List.of("n"), tracker.heard(SampleRecords.task("E-0", "n", State.ACKED)));
  }

  @Test
  void aHeartbeatWithoutChangesIsNotShown() {
    assertTrue(tracker.heard(SampleRecords.machine("m", 0.5)));
    assertFalse(tracker.heard(SampleRecords.machine("m", 0.5)));
    assertTrue(tracker.heard(SampleRecords.machine("m", 0.7)));
  }
}
