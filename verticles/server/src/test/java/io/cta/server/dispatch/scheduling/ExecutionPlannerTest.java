package io.cta.server.dispatch.scheduling;

import static io.cta.domain.OfflinePolicy.FAIL;
import static io.cta.domain.OfflinePolicy.SKIP;
import static io.cta.domain.OfflinePolicy.WAIT;
import static io.cta.domain.RunMode.GROUP;
import static io.cta.domain.RunMode.MONO;
import static io.cta.domain.RunMode.PARALLEL;
import static io.cta.domain.RunMode.STRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.domain.AskedExecution;
import io.cta.domain.Machine;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ExecutionPlannerTest {
  private static final String NOBODY = "noMatchingMachine: no machine is registered";

  static Stream<Arguments> plans() {
    // mode, policy, minimum, online, offline -> tasks, or a reason
    return Stream.of(
        Arguments.of(MONO, WAIT, 1, 2, 0, "1"),
        Arguments.of(GROUP, WAIT, 1, 2, 1, "1"),
        Arguments.of(STRESS, WAIT, 1, 2, 1, "3"),
        Arguments.of(PARALLEL, WAIT, 1, 2, 0, "4"),
        Arguments.of(MONO, WAIT, 1, 0, 1, "1"),
        Arguments.of(MONO, WAIT, 1, 0, 0, "1"),
        Arguments.of(GROUP, WAIT, 2, 0, 0, "1"),
        Arguments.of(STRESS, WAIT, 1, 0, 0, "1"),
        Arguments.of(PARALLEL, WAIT, 1, 0, 0, "4"),
        Arguments.of(STRESS, SKIP, 1, 0, 0, NOBODY),
        Arguments.of(PARALLEL, FAIL, 1, 0, 0, NOBODY),
        Arguments.of(MONO, SKIP, 1, 0, 2, "machineOffline"),
        Arguments.of(STRESS, SKIP, 1, 2, 3, "2"),
        Arguments.of(STRESS, SKIP, 3, 2, 3, "minimumNotMet"),
        Arguments.of(PARALLEL, SKIP, 2, 1, 3, "minimumNotMet"),
        Arguments.of(GROUP, SKIP, 1, 1, 3, "1"),
        Arguments.of(MONO, FAIL, 1, 0, 2, "machineOffline failed"),
        Arguments.of(MONO, FAIL, 1, 1, 2, "1"),
        Arguments.of(STRESS, FAIL, 1, 2, 1, "machineOffline failed"),
        Arguments.of(STRESS, FAIL, 1, 2, 0, "2"),
        Arguments.of(PARALLEL, FAIL, 3, 2, 1, "machineOffline failed"),
        Arguments.of(PARALLEL, WAIT, 3, 1, 1, "minimumNotMet"),
        Arguments.of(PARALLEL, WAIT, 3, 1, 2, "4"));
  }

  @ParameterizedTest(name = "{0}, {1}, minimum {2}, {3} online and {4} offline: {5}")
  @MethodSource("plans")
  void plansByModeAndPolicy(
      RunMode mode, OfflinePolicy policy, int minimum, int on, int off, String expected) {
    AskedExecution execution =
        SchedulingFixtures.request(mode).tests(4).minimum(minimum).offline(policy).asked();
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < on + off; i++) {
      machines.add(SchedulingFixtures.machine("m" + i, i < on, 1));
    }
    List<Task> tasks = SchedulingFixtures.plan(execution, machines);
    Task first = tasks.get(0);
    String got =
        first.endState() == null
            ? String.valueOf(tasks.size())
            : first.reason() + (first.floor() == Result.FAILED ? " failed" : "");
    assertEquals(expected, got);
  }

  @Test
  @DisplayName("a run that matches no machine ends with a reason, not a crash")
  void noMatchEndsWithAReason() {
    AskedExecution execution =
        SchedulingFixtures.request(STRESS).tests(2).match("gpu", "yes").offline(SKIP).asked();
    List<Machine> fleet = List.of(SchedulingFixtures.machine("a", true, 1));
    List<Task> tasks =
        ExecutionPlanner.plan(
            execution,
            MatchingMachines.of(List.of()),
            SchedulingFixtures.traits(fleet),
            TestHistory.NONE,
            SchedulingFixtures.NOW);
    assertEquals(1, tasks.size());
    Task task = tasks.get(0);
    assertEquals(State.FINISHED, task.endState());
    assertEquals("noMatchingMachine: no machine has gpu yes", task.reason());
    assertEquals(List.of("t0", "t1"), task.testIds());
    assertNull(task.floor());
  }

  @Test
  void anEmptySuiteEndsWithAReason() {
    AskedExecution execution = SchedulingFixtures.request(PARALLEL).tests(0).asked();
    List<Task> tasks =
        ExecutionPlanner.plan(
            execution,
            MatchingMachines.of(List.of(SchedulingFixtures.machine("a", true, 1))),
            SchedulingFixtures.traits(List.of()),
            TestHistory.NONE,
            SchedulingFixtures.NOW);
    assertEquals(List.of("noTests"), tasks.stream().map(Task::reason).toList());
  }

  @Test
  @DisplayName("stress runs on more than 20 machines")
  void stressTakesEveryMachine() {
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      machines.add(SchedulingFixtures.machine("m" + i, true, 1));
    }
    AskedExecution execution = SchedulingFixtures.request(STRESS).tests(3).asked();
    List<Task> tasks = SchedulingFixtures.plan(execution, machines);
    assertEquals(250, tasks.stream().filter(Task::bound).map(Task::machineId).distinct().count());
    assertEquals(250, tasks.stream().map(Task::id).distinct().count());
    assertEquals(3, tasks.get(249).testIds().size());
  }

  @Test
  void sharedOutTestsGoFailedLastTimeFirstThenLongest() {
    TestHistory history =
        new TestHistory(
            Set.of("t3"),
            Map.of(
                "t1",
                Duration.ofSeconds(9),
                "t2",
                Duration.ofSeconds(20),
                "t3",
                Duration.ofSeconds(1)));
    AskedExecution execution = SchedulingFixtures.request(PARALLEL).tests(5).asked();
    List<Task> tasks =
        ExecutionPlanner.plan(
            execution,
            MatchingMachines.of(List.of(SchedulingFixtures.machine("a", true, 1))),
            SchedulingFixtures.traits(List.of()),
            history,
            SchedulingFixtures.NOW);
    assertEquals(
        List.of("t3", "t2", "t1", "t0", "t4"),
        tasks.stream().map(t -> t.testIds().get(0)).toList());
  }

  @Test
  void tasksMayWaitFromTheRequestOn() {
    AskedExecution execution =
        SchedulingFixtures.request(MONO)
            .timeouts(Duration.ofMinutes(5), Duration.ofMinutes(30))
            .infraRetries(1)
            .asked();
    Task task =
        ExecutionPlanner.plan(
                execution,
                MatchingMachines.of(List.of(SchedulingFixtures.machine("a", true, 1))),
                SchedulingFixtures.traits(List.of()),
                TestHistory.NONE,
                SchedulingFixtures.NOW.plusSeconds(60))
            .get(0);
    assertEquals(SchedulingFixtures.NOW.plusSeconds(300), task.deadline());
    assertEquals(Duration.ofMinutes(30), task.running());
    assertEquals(1, task.infraRetries());
    assertEquals(execution.id() + "-0", task.id());
  }
}
