package io.cta.server.dispatch.scheduling;

import static io.cta.domain.RunMode.GROUP;
import static io.cta.domain.RunMode.MONO;
import static io.cta.domain.RunMode.PARALLEL;
import static io.cta.domain.RunMode.STRESS;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.machine;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.on;
import static io.cta.server.dispatch.scheduling.SchedulingFixtures.pass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Attempt;
import io.cta.domain.AttemptBuilder;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TaskSchedulerTest {
  @Test
  void higherPriorityGoesFirstThenAge() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 3));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").priority(5).asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("C").priority(5).asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("D").priority(-5).asked());
    assertEquals(List.of("B-0>m", "C-0>m", "A-0>m"), pass(schedulingState, 10));
    assertEquals(List.of(), pass(schedulingState, 10));
  }

  @Test
  void whoWaitsRisesByOnePriorityForEachAgeingTime() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 1));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").priority(-1).asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("B0").priority(1).asked());
    long now = SchedulingFixtures.NANOS;
    List<String> ran = new ArrayList<>();
    for (int i = 0; i < 100 && !ran.contains("A-0"); i++) {
      // of the urgent ones there is always another
      on(schedulingState, SchedulingFixtures.request(MONO).id("B" + (i + 1)).priority(1).asked());
      for (TaskScheduler.Release release : TaskScheduler.decide(schedulingState, now, 10)) {
        ran.add(release.entry().task.id());
        end(schedulingState, release.entry().task.id(), "id-m");
      }
      // and every now and then its task is written for another reason
      schedulingState.put(schedulingState.task("A-0").task.edit().waitReason("busy " + i).done());
      now += 1_000_000_000L;
    }
    assertEquals("A-0", ran.get(ran.size() - 1));
    assertEquals(61, (now - SchedulingFixtures.NANOS) / 1_000_000_000L);
  }

  @Test
  void whatWaitedForAllMachinesOfAStressRunIsNotServedByOneOfThem() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", true, 1));
    on(
        schedulingState,
        SchedulingFixtures.request(MONO).id("B0").priority(1).machines("b").asked());
    assertEquals(List.of("B0-0>b"), pass(schedulingState, 10));
    on(schedulingState, SchedulingFixtures.request(STRESS).id("A").asked());
    assertEquals(List.of("A-0>a"), pass(schedulingState, 10));
    on(
        schedulingState,
        SchedulingFixtures.request(MONO).id("B1").priority(1).machines("b").asked());
    end(schedulingState, "B0-0", "id-b");
    long later = SchedulingFixtures.NANOS + WaitingLane.AGEING.multipliedBy(2).toNanos();
    assertEquals("A-1", TaskScheduler.decide(schedulingState, later, 10).get(0).entry().task.id());
  }

  @Test
  void groupsShareFairlyWhateverTheyQueue() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 5));
    for (int i = 0; i < 9; i++) {
      on(schedulingState, SchedulingFixtures.request(MONO).id("A" + i).group("many").asked());
    }
    on(schedulingState, SchedulingFixtures.request(MONO).id("X0").group("few").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("X1").group("few").asked());
    assertEquals(
        List.of("A0-0>m", "X0-0>m", "A1-0>m", "X1-0>m", "A2-0>m"), pass(schedulingState, 10));
  }

  @Test
  void aGroupThatHasWorkRunningComesSecond() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 2));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A0").group("many").asked());
    assertEquals(List.of("A0-0>m"), pass(schedulingState, 10));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A1").group("many").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("X0").group("few").asked());
    assertEquals(List.of("X0-0>m"), pass(schedulingState, 10));
  }

  @Test
  void whatCannotGoHoldsNobodyUp() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("m", true, 1), machine("off", false, 1));
    on(
        schedulingState,
        SchedulingFixtures.request(MONO).id("A").priority(9).machines("off").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    assertEquals(List.of("B-0>m"), pass(schedulingState, 10));
  }

  @Test
  void nothingOfARunThatIsToEndIsReleased() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("m", true, 2));
    on(schedulingState, SchedulingFixtures.request(PARALLEL).id("A").tests(3).asked()).stopped =
        true;
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    assertEquals(List.of("B-0>m"), pass(schedulingState, 10));
  }

  @Test
  void aSlotIsNotTakenForFreeWhenAnotherMachinePullsTheTask() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", true, 1));
    on(schedulingState, SchedulingFixtures.request(PARALLEL).id("A").tests(3).asked());
    assertEquals(List.of("A-0>a", "A-1>b"), pass(schedulingState, 10));
    Task first = schedulingState.task("A-0").task;
    Task second = schedulingState.task("A-1").task;
    schedulingState.put(first.edit().attempt(1, "k0").releasedAt(SchedulingFixtures.NOW).done());
    schedulingState.put(second.edit().attempt(1, "k1").releasedAt(SchedulingFixtures.NOW).done());
    Task pulled =
        first.edit().attempt(1, "k0").releasedAt(SchedulingFixtures.NOW).machineId("id-b").done();
    schedulingState.put(pulled.edit().state(State.ACKED).done());
    assertEquals(List.of(), pass(schedulingState, 10));
    assertEquals("id-a", schedulingState.task("A-1").reserved);
  }

  @Test
  void takesTheFreestMachineAndNeverMoreThanItsSlots() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("one", true, 1), machine("three", true, 3));
    on(schedulingState, SchedulingFixtures.request(PARALLEL).id("A").tests(9).asked());
    assertEquals(
        List.of("A-0>three", "A-1>three", "A-2>one", "A-3>three"), pass(schedulingState, 10));
  }

  @Test
  void machinesThatAreNotThereOrNotWillingGetNothing() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(
            machine("off", false, 1),
            machine("draining", true, 1, Health.DRAINING, 0),
            machine("maintenance", true, 1, Health.MAINTENANCE, 0),
            machine("quarantined", true, 1, Health.QUARANTINED, 3));
    on(schedulingState, SchedulingFixtures.request(GROUP).id("A").asked());
    assertEquals(List.of(), pass(schedulingState, 10));
    schedulingState.fleet.changed(SchedulingFixtures.changed(machine("off", true, 1)));
    assertEquals(List.of("A-0>off"), pass(schedulingState, 10));
  }

  @Test
  void aMachineThatSaysItTakesNothingIsPassedOverUntilItSaysNoMore() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(
            SchedulingFixtures.troubled("full", "disk low"), machine("other", true, 1));
    on(schedulingState, SchedulingFixtures.request(GROUP).id("A").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    assertEquals(List.of("A-0>other"), pass(schedulingState, 10));
    schedulingState.fleet.changed(SchedulingFixtures.changed(machine("full", true, 1)));
    assertEquals(List.of("B-0>full"), pass(schedulingState, 10));
  }

  @Test
  void maxParallelCountsMachinesAndRolls() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(
            machine("a", true, 1), machine("b", true, 2), machine("c", true, 1));
    ExecutionEntry executionEntry =
        on(
            schedulingState,
            SchedulingFixtures.request(PARALLEL).id("A").tests(9).maxParallel(2).asked());
    assertEquals(List.of("A-0>b", "A-1>a", "A-2>b"), pass(schedulingState, 10));
    assertEquals(2, executionEntry.atWork.size());
    end(schedulingState, "A-1", "id-a");
    assertEquals(List.of("A-3>a"), pass(schedulingState, 10));
  }

  @Test
  void stressKeepsToItsMachinesAndToMaxParallel() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(
            machine("a", true, 1), machine("b", true, 1), machine("c", true, 1));
    on(schedulingState, SchedulingFixtures.request(STRESS).id("A").maxParallel(2).asked());
    assertEquals(List.of("A-0>a", "A-1>b"), pass(schedulingState, 10));
    end(schedulingState, "A-0", "id-a");
    assertEquals(List.of("A-2>c"), pass(schedulingState, 10));
  }

  @Test
  void nothingBeginsBelowTheMinimum() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", false, 1));
    on(schedulingState, SchedulingFixtures.request(PARALLEL).id("A").tests(2).minimum(2).asked());
    assertEquals(List.of(), pass(schedulingState, 10));
    schedulingState.fleet.changed(SchedulingFixtures.changed(machine("b", true, 1)));
    assertEquals(List.of("A-0>a", "A-1>b"), pass(schedulingState, 10));
  }

  @Test
  void aRetryAvoidsTheMachineThatBrokeItWhileAnotherMatches() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 2), machine("b", true, 1));
    ExecutionEntry executionEntry =
        schedulingState.open(SchedulingFixtures.request(MONO).id("A").asked());
    Task task =
        SchedulingFixtures.plan(
                SchedulingFixtures.request(MONO).id("A").asked(), List.of(machine("a", true, 2)))
            .get(0);
    Attempt broken =
        AttemptBuilder.builder()
            .number(1)
            .machineId("id-a")
            .startedAt(SchedulingFixtures.NOW)
            .endedAt(SchedulingFixtures.NOW)
            .state(State.FINISHED)
            .infra(true)
            .reason("machineLost")
            .build();
    schedulingState.put(task.edit().attempt(1, null).over(broken).done());
    assertEquals(List.of("A-0>b"), pass(schedulingState, 10));
    schedulingState.close(executionEntry);

    SchedulingState alone = SchedulingFixtures.state(machine("a", true, 2));
    alone.open(SchedulingFixtures.request(MONO).id("A").asked());
    alone.put(task.edit().attempt(1, null).over(broken).done());
    assertEquals(List.of("A-0>a"), pass(alone, 10));
  }

  @Test
  void aMachineThatBreaksThingsComesAfterOneThatDoesNot() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 9, Health.ACTIVE, 2), machine("b", true, 1));
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    on(schedulingState, SchedulingFixtures.request(MONO).id("B").asked());
    assertEquals(List.of("A-0>b", "B-0>a"), pass(schedulingState, 10));
  }

  @Test
  void amongEqualsTheOneThatSucceededLastIsPreferred() {
    SchedulingState schedulingState =
        SchedulingFixtures.state(machine("a", true, 1), machine("b", true, 1));
    schedulingState.fleet.get("id-b").succeeded(SchedulingFixtures.NANOS);
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    assertEquals(List.of("A-0>b"), pass(schedulingState, 10));
  }

  @Test
  void aMachineThatTurnedTasksDownRestsLongerEachTimeUntilItTakesOne() {
    FleetMachine machine = SchedulingFixtures.state(machine("a", true, 1)).fleet.get("id-a");
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      machine.declined(SchedulingFixtures.NANOS);
      rests.add(rest(machine));
    }
    assertEquals(
        List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L), rests);
    machine.accepts();
    assertEquals(0, rest(machine));
    machine.declined(SchedulingFixtures.NANOS);
    assertEquals(500, rest(machine));
  }

  private static long rest(FleetMachine machine) {
    long millis = 0;
    while (machine.paused(SchedulingFixtures.NANOS + millis * 1_000_000)) {
      millis += 500;
    }
    return millis;
  }

  @Test
  void aMachineThatTurnedATaskDownGetsNothingWhileItRests() {
    SchedulingState schedulingState = SchedulingFixtures.state(machine("a", true, 1));
    schedulingState.fleet.get("id-a").declined(SchedulingFixtures.NANOS);
    on(schedulingState, SchedulingFixtures.request(MONO).id("A").asked());
    assertEquals(List.of(), pass(schedulingState, 10));
    assertEquals(
        1,
        TaskScheduler.decide(schedulingState, SchedulingFixtures.NANOS + 2_000_000_000L, 10)
            .size());
  }

  @Test
  void aPassOverAThousandTasksAndTenThousandMachinesIsNotQuadratic() {
    Machine[] machines = new Machine[10_000];
    for (int i = 0; i < machines.length; i++) {
      machines[i] = machine("m" + i, true, 1);
    }
    SchedulingState schedulingState = SchedulingFixtures.state(machines);
    for (int i = 0; i < 1_000; i++) {
      on(
          schedulingState,
          SchedulingFixtures.request(MONO).group("g" + i % 10).match("jdk", "17").asked());
    }
    for (int i = 0; i < 11; i++) {
      on(
          schedulingState,
          SchedulingFixtures.request(STRESS).machines("m1", "m2").priority(1).asked());
    }
    // were every task matched against every machine, this would not end before the timeout
    assertEquals(1_002, pass(schedulingState, 5_000).size());
  }

  private static void end(SchedulingState schedulingState, String taskId, String machineId) {
    Task task = schedulingState.task(taskId).task;
    for (TaskFact fact :
        List.of(
            new TaskFact.Released("k", machineId, SchedulingFixtures.NOW),
            new TaskFact.Acked(1, "k", machineId, SchedulingFixtures.NOW),
            new TaskFact.Ended(
                1, "k", machineId, State.FINISHED, 0, false, null, SchedulingFixtures.NOW))) {
      task = ((TransitionOutcome.Moved) TaskStateMachine.apply(task, fact)).task();
      schedulingState.put(task);
    }
  }
}
