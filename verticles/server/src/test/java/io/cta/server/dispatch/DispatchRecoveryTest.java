package io.cta.server.dispatch;

import static io.cta.domain.State.CANCELLED;
import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.QueueSpec;
import io.cta.domain.AskedExecution;
import io.cta.domain.Attempt;
import io.cta.domain.Execution;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.message.GroupQueueCommand;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.dispatch.scheduling.TaskFactory;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that restart, machines that die, agents that turn tasks down. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DispatchRecoveryTest {
  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitedOrWasOnAQueueGoesOnAfterARestart(RunMode mode) {
    serverSimulation.agent("a", 1, Behavior.SILENCE);
    Execution e = serverSimulation.run(SchedulingFixtures.request(mode).tests(3));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    serverSimulation.restart();
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.pass(Duration.ofSeconds(15));
    serverSimulation.untilAll(e, FINISHED);
    assertTrue(serverSimulation.tasks(e).stream().allMatch(t -> t.attempt() == 1));
  }

  @Test
  void whatAnAgentMayHavePulledBeforeARestartIsNotGivenToAnotherAtOnce() {
    serverSimulation.agent("a", 1, Behavior.SILENCE);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.GROUP));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    serverSimulation.restart();
    SimulatedAgent b = serverSimulation.agent("b", 1, Behavior.FINISH);
    serverSimulation.pass(Duration.ofSeconds(5));
    assertEquals(List.of(), b.taken);
    serverSimulation.pass(Duration.ofSeconds(10));
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(1, serverSimulation.task(e).attempt());
  }

  @Test
  void anExecutionThatWasNeverPlannedIsPlannedAtTheStart() {
    AskedExecution asked =
        SchedulingFixtures.request(RunMode.MONO).at(serverSimulation.clock.instant()).asked();
    serverSimulation.agent("a", 1, Behavior.FINISH);
    Execution e = serverSimulation.store(asked);
    serverSimulation.restart();
    serverSimulation.until(() -> serverSimulation.execution(e).planned());
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.until(() -> serverSimulation.execution(e).state() == FINISHED);
  }

  @Test
  void whatAPlanningThatWasCutOffHasMadeIsReleasedAfterTheRestart() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    AskedExecution asked =
        SchedulingFixtures.request(RunMode.MONO).at(serverSimulation.clock.instant()).asked();
    List<String> tests = asked.snapshot().tests().stream().map(t -> t.id()).toList();
    Task made = new TaskFactory(asked, serverSimulation.clock.instant()).task(0, tests, null);
    serverSimulation.stores.tasks.insert(made.id(), made).await();
    Execution e = serverSimulation.store(asked);
    serverSimulation.restart();
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.untilAll(e, FINISHED);
  }

  @Test
  void anExecutionWhoseWakeUpWasLostIsFound() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    AskedExecution asked =
        SchedulingFixtures.request(RunMode.MONO).at(serverSimulation.clock.instant()).asked();
    Execution e = serverSimulation.store(asked);
    serverSimulation.until(() -> serverSimulation.execution(e).state() == FINISHED);
  }

  @Test
  void aCancelIsCarriedOutAgainAfterARestart() {
    serverSimulation.agent("a", 1, Behavior.STUBBORN);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.cancel(e);
    serverSimulation.restart();
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    serverSimulation.until(() -> !a.cancels.isEmpty());
    serverSimulation.pass(Duration.ofSeconds(45));
    serverSimulation.untilAll(e, CANCELLED);
  }

  @Test
  @DisplayName("a machine that dies loses its task to another, within its lease")
  void aMachineThatDiesLosesItsTask() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.agent("b", 1, Behavior.FINISH);
    a.die();
    serverSimulation.pass(Duration.ofSeconds(40));
    serverSimulation.untilAll(e, FINISHED);
    Task task = serverSimulation.task(e);
    assertEquals("id-b", task.machineId());
    assertEquals(
        List.of("id-a", "id-b"), task.attempts().stream().map(Attempt::machineId).toList());
    assertEquals("machineLost", task.attempts().get(0).reason());
  }

  @Test
  void whatAMachineDidNotAckGoesElsewhereWhenItLeaves() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.SILENCE);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    serverSimulation.agent("b", 1, Behavior.FINISH);
    a.disconnect().await();
    serverSimulation.untilAll(e, FINISHED);
    assertEquals("id-b", serverSimulation.task(e).machineId());
    assertEquals(1, serverSimulation.task(e).attempts().size());
  }

  @Test
  void anInfrastructureFailureIsTriedOnAnotherMachine() {
    serverSimulation.agent("a", 2, Behavior.BREAK);
    serverSimulation.agent("b", 1, Behavior.FINISH);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.GROUP).infraRetries(1));
    serverSimulation.untilAll(e, FINISHED);
    Task task = serverSimulation.task(e);
    assertEquals(
        2, new HashSet<>(task.attempts().stream().map(Attempt::machineId).toList()).size());
    assertEquals(io.cta.domain.Result.OK, task.result());
  }

  @Test
  void aMachineThatBreaksThreeTasksIsQuarantinedUntilItsTimeIsOver() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.BREAK);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO).infraRetries(9));
    serverSimulation.until(() -> serverSimulation.machine("a").health() == Health.QUARANTINED);
    int taken = a.taken.size();
    serverSimulation.sweeps();
    assertTrue(a.taken.size() <= taken + 1);
    a.will(run -> Behavior.FINISH);
    serverSimulation.pass(Duration.ofSeconds(65));
    serverSimulation.untilAll(e, FINISHED);
    serverSimulation.until(() -> serverSimulation.machine("a").failuresInRow() == 0);
  }

  @Test
  void aLostMessageIsSentAgainWithTheSameToken() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.SILENCE);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    String token = serverSimulation.task(e).token();
    a.will(run -> Behavior.FINISH);
    serverSimulation.pass(Duration.ofSeconds(15));
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(token, serverSimulation.task(e).token());
    assertEquals(1, serverSimulation.task(e).attempt());
  }

  @Test
  @DisplayName("an agent that turns a task down is free for the next")
  void aDeclinedTaskIsOfferedAgain() {
    SimulatedAgent a = serverSimulation.agent("a", 2, Behavior.HOLD);
    // the server believes in more slots than the agent has
    serverSimulation.stores.machines.update("id-a", m -> slots(m, 3)).await();
    serverSimulation.edited("id-a");
    List<Execution> all =
        List.of(
            serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)),
            serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)),
            serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)));
    serverSimulation.until(() -> a.running().size() == 2);
    serverSimulation.sweeps();
    a.will(run -> Behavior.FINISH);
    a.finish();
    serverSimulation.pass(Duration.ofSeconds(5));
    all.forEach(e -> serverSimulation.untilAll(e, FINISHED));
  }

  @Test
  @DisplayName("two dispatchers over one store release every task once")
  void compareAndSetDecidesBetweenTwoDispatchers() {
    serverSimulation.secondDispatcher();
    SimulatedAgent a = serverSimulation.agent("a", 50, Behavior.HOLD);
    List<Execution> all =
        IntStream.range(0, 50)
            .mapToObj(i -> serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)))
            .toList();
    serverSimulation.until(() -> a.running().size() == 50);
    a.finish();
    all.forEach(e -> serverSimulation.untilAll(e, FINISHED));
    assertEquals(50, a.taken.size());
    assertTrue(all.stream().allMatch(e -> serverSimulation.task(e).attempt() == 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunMode.class,
      names = {"GROUP", "PARALLEL"})
  void theQueueOfAnExecutionThatEndsAfterARestartIsRemovedThough(RunMode mode) {
    SimulatedAgent a = serverSimulation.agent("a", 5, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(mode).tests(2));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.restartServer();
    assertTrue(thereIs(QueueNames.group(e.id())));
    a.will(run -> Behavior.FINISH);
    a.finish();
    serverSimulation.untilAll(e, FINISHED);
    serverSimulation.until(() -> !thereIs(QueueNames.group(e.id())));
  }

  @Test
  void aQueueThatACrashHasLeftIsRemovedAtTheNextStart() {
    Execution left =
        serverSimulation.store(
            SchedulingFixtures.request(RunMode.GROUP)
                .offline(OfflinePolicy.SKIP)
                .at(serverSimulation.clock.instant())
                .asked());
    serverSimulation.until(() -> serverSimulation.execution(left).state() == FINISHED);
    serverSimulation.broker().declare(QueueNames.group(left.id()), QueueSpec.commands()).await();
    serverSimulation.restartServer();
    serverSimulation.until(() -> !thereIs(QueueNames.group(left.id())));
  }

  @Test
  void aQueueThatSomebodyRemovedIsMadeAnew() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.untilAll(
        serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)), FINISHED);
    a.die();
    serverSimulation.broker().delete(QueueNames.machine("id-a")).await();
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    serverSimulation.clock.advance(Duration.ofSeconds(15));
    serverSimulation.until(() -> thereIs(QueueNames.machine("id-a")));
  }

  private boolean thereIs(String queue) {
    Buffer nothing =
        MessageEnvelope.of(MessageTypes.GROUP_LEAVE, "test", new GroupQueueCommand("x", "x"))
            .encode();
    return serverSimulation.broker().publish(queue, nothing).map(true).otherwise(false).await();
  }

  private static Machine slots(Machine m, int slots) {
    return MachineBuilder.builder(m).slots(slots).trouble(null).notices(null).build();
  }
}
