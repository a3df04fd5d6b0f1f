package io.cta.server.dispatch.scheduling;

import static io.cta.domain.RunMode.GROUP;
import static io.cta.domain.RunMode.MONO;
import static io.cta.domain.RunMode.PARALLEL;
import static io.cta.domain.RunMode.STRESS;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.machine;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.on;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.pass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class WaitReasonsTest {
  @Test
  void offlineMachinesAreNamed() {
    assertEquals(
        "no matching machine is online (offline: a, b)",
        reason(SchedulingFixtures.request(MONO), machine("a", false, 1), machine("b", false, 1)));
    assertEquals(
        "the matching machine a is offline",
        reason(SchedulingFixtures.request(MONO), machine("a", false, 1)));
  }

  @Test
  void manyMachinesAreNotAllNamed() {
    Machine[] machines = new Machine[8];
    for (int i = 0; i < machines.length; i++) {
      machines[i] = machine("m" + i, false, 1);
    }
    assertEquals(
        "no matching machine is online (offline: m0, m1, m2, m3, m4, 3 more)",
        reason(SchedulingFixtures.request(MONO), machines));
  }

  @Test
  void unwillingMachinesAreToldFromOfflineOnes() {
    assertEquals(
        "no matching machine takes tasks: a is draining, b is in maintenance, c is quarantined"
            + " (offline: d)",
        reason(
            SchedulingFixtures.request(GROUP),
            machine("a", true, 1, Health.DRAINING, 0),
            machine("b", true, 1, Health.MAINTENANCE, 0),
            machine("c", true, 1, Health.QUARANTINED, 0),
            machine("d", false, 1)));
  }

  @Test
  void theAgentsOwnReasonIsSaid() {
    assertEquals(
        "no matching machine takes tasks: a takes none (disk low: 4 MB free)",
        reason(
            SchedulingFixtures.request(GROUP),
            SchedulingFixtures.troubled("a", "disk low: 4 MB free")));
  }

  @Test
  void busyMachinesAreCounted() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", true, 1));
    on(schedulingState, SchedulingFixtures.request(PARALLEL).id("A").tests(2).asked());
    pass(schedulingState, 10);
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    assertEquals("all 2 matching machines are busy", of(schedulingState, "B-0"));
  }

  @Test
  void higherPriorityIsSaid() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("a", true, 1));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    pass(schedulingState, 10);
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("C").priority(3).asked());
    assertEquals(
        "the matching machine a is busy; ahead of it: 1 execution of higher priority",
        of(schedulingState, "B-0"));
    assertEquals("the matching machine a is busy", of(schedulingState, "C-0"));
  }

  @Test
  void theLimitOfTheConfigurationIsSaid() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", true, 1));
    on(
        schedulingState,
        SchedulingFixtures.request(PARALLEL).id("A").tests(3).maxParallel(1).asked());
    pass(schedulingState, 10);
    assertEquals(
        "as many machines as its configuration allows are at work for it (maxParallel 1)",
        of(schedulingState, "A-2"));
  }

  @Test
  void theMinimumIsSaid() {
    assertEquals(
        "2 matching machines must be online to begin, 1 of 2 are (offline: b)",
        reason(
            SchedulingFixtures.request(PARALLEL).minimum(2),
            machine("a", true, 1),
            machine("b", false, 1)));
  }

  @Test
  void aBoundTaskSpeaksOfItsMachineOnly() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", false, 1));
    on(schedulingState, SchedulingFixtures.request(STRESS).id("A").asked());
    pass(schedulingState, 10);
    assertEquals("the matching machine b is offline", of(schedulingState, "A-1"));
  }

  @Test
  void aMachineThatDoesNotAnswerIsNamed() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("a", true, 1));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    schedulingState.put(
        schedulingState
            .task("A-0")
            .task
            .edit()
            .machineId("id-a")
            .releasedAt(SchedulingFixtures.NOW)
            .done());
    assertEquals("machine a was sent it and has not answered yet", of(schedulingState, "A-0"));
    schedulingState.fleet.changed(SchedulingFixtures.changed(machine("a", false, 1)));
    assertEquals("machine a, which was sent it, is offline", of(schedulingState, "A-0"));
  }

  private static String reason(
      SchedulingFixtures.ExecutionRequest executionBuilder, Machine... machines) {
    SchedulingState schedulingState = SchedulingFixtures.state(machines);
    on(schedulingState, executionBuilder.id("A").asked());
    return of(schedulingState, "A-0");
  }

  private static String of(SchedulingState schedulingState, String taskId) {
    return new WaitReasons(schedulingState, SchedulingFixtures.NANOS)
        .of(schedulingState.task(taskId));
  }
}
