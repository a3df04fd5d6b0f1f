package io.cta.server.dispatch;

import static io.cta.domain.State.CANCELLED;
import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static io.cta.domain.State.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.message.TaskCancel;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancels and deadlines, with agents that speak through the broker. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TaskCancellerTest {
  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  @DisplayName("cancel reaches every machine that runs something, in each mode")
  void cancelReachesEveryMachine(RunMode mode) {
    for (String name : List.of("a", "b", "c")) {
      serverSimulation.agent(name, 1, Behavior.HOLD);
    }
    Execution e = serverSimulation.run(SchedulingFixtures.request(mode).tests(5));
    int machines = mode == RunMode.MONO || mode == RunMode.GROUP ? 1 : 3;
    serverSimulation.until(() -> running(e) == machines);
    serverSimulation.cancel(e);
    serverSimulation.untilAll(e, CANCELLED);
    assertEquals(
        machines, serverSimulation.agents.stream().filter(a -> !a.cancels.isEmpty()).count());
    assertTrue(serverSimulation.agents.stream().allMatch(a -> a.running().isEmpty()));
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitsIsCancelledAtOnce(RunMode mode) {
    serverSimulation.offline("off");
    Execution e = serverSimulation.run(SchedulingFixtures.request(mode).tests(3));
    serverSimulation.until(() -> !serverSimulation.tasks(e).isEmpty());
    serverSimulation.cancel(e);
    serverSimulation.untilAll(e, CANCELLED);
  }

  @Test
  @DisplayName("a cancelled parallel run ends without other machines draining it")
  void aCancelledParallelRunEnds() {
    serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.PARALLEL).tests(9));
    serverSimulation.until(() -> running(e) == 1);
    serverSimulation.cancel(e);
    serverSimulation.untilAll(e, CANCELLED);
    serverSimulation.until(() -> serverSimulation.execution(e).state() == CANCELLED);
  }

  @Test
  @DisplayName("a machine that finished one shared test and runs another is cancelled")
  void aMachineAtItsSecondTestIsCancelled() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    a.will(run -> run.taskId().endsWith("-0") ? Behavior.FINISH : Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.PARALLEL).tests(3));
    serverSimulation.until(() -> a.taken.size() == 2 && running(e) == 1);
    serverSimulation.cancel(e);
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().allMatch(t -> t.state().terminal()));
    assertEquals(
        List.of(FINISHED, CANCELLED, CANCELLED),
        serverSimulation.tasks(e).stream().map(Task::state).toList());
    assertEquals(1, a.cancels.size());
  }

  @Test
  void cancelIsRepeatable() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.STUBBORN);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.cancel(e);
    serverSimulation.cancel(e);
    serverSimulation.until(() -> a.cancels.size() >= 2);
    a.will(run -> Behavior.HOLD);
    serverSimulation.cancel(e);
    serverSimulation.untilAll(e, CANCELLED);
    serverSimulation.cancel(e);
    assertEquals(CANCELLED, serverSimulation.task(e).state());
  }

  @Test
  void anAgentThatDoesNotObeyIsNamedAndTheTaskEnds() {
    serverSimulation.agent("a", 1, Behavior.STUBBORN);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.cancel(e);
    serverSimulation.pass(Duration.ofSeconds(25));
    serverSimulation.untilAll(e, CANCELLED);
    assertEquals("machineDidNotObey", serverSimulation.task(e).reason());
    assertEquals("id-a", serverSimulation.task(e).machineId());
  }

  @Test
  @DisplayName("the pending timeout is the server's, and ends what waits")
  void thePendingTimeoutEndsWhatWaits() {
    serverSimulation.offline("off");
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.MONO)
                .timeouts(Duration.ofSeconds(20), Duration.ofMinutes(1)));
    serverSimulation.until(() -> !serverSimulation.tasks(e).isEmpty());
    serverSimulation.pass(Duration.ofSeconds(15));
    assertEquals(State.PENDING, serverSimulation.task(e).state());
    serverSimulation.pass(Duration.ofSeconds(10));
    serverSimulation.untilAll(e, TIMEOUT);
    assertEquals("pendingTimeout", serverSimulation.task(e).reason());
  }

  @Test
  void thePendingTimeoutEndsWhatAnAgentNeverAcked() {
    serverSimulation.agent("a", 1, Behavior.SILENCE);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.MONO)
                .timeouts(Duration.ofSeconds(40), Duration.ofMinutes(1)));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    serverSimulation.pass(Duration.ofSeconds(45));
    serverSimulation.untilAll(e, TIMEOUT);
  }

  @Test
  @DisplayName("the server ends what runs too long, whatever the agent does")
  void theRunningTimeoutIsTheServersToo() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.MONO)
                .timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.pass(Duration.ofSeconds(80));
    serverSimulation.untilAll(e, TIMEOUT);
    assertEquals(List.of(true), a.cancels.stream().map(TaskCancel::timeout).toList());
    assertEquals("runningTimeout", serverSimulation.task(e).reason());
  }

  @Test
  void theRunningTimeoutOfASharedRunEndsWhatStillWaits() {
    serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.PARALLEL)
                .tests(3)
                .timeouts(Duration.ofSeconds(30), Duration.ofMinutes(1)));
    serverSimulation.until(() -> running(e) == 1);
    serverSimulation.until(() -> serverSimulation.execution(e).deadline() != null);
    serverSimulation.pass(Duration.ofSeconds(80));
    serverSimulation.untilAll(e, TIMEOUT);
  }

  private long running(Execution e) {
    return serverSimulation.tasks(e).stream().filter(t -> t.state() == RUNNING).count();
  }
}
