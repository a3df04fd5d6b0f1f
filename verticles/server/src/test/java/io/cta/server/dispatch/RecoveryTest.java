package io.cta.server.dispatch;

import static io.cta.domain.State.CANCELLED;
import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.QueueSpec;
import io.cta.domain.Attempt;
import io.cta.domain.Execution;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.message.Envelope;
import io.cta.message.GroupInvite;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
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
class RecoveryTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitedOrWasOnAQueueGoesOnAfterARestart(RunMode mode) {
    house.agent("a", 1, Way.SILENCE);
    Execution e = house.run(Given.request(mode).tests(3));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    house.restart();
    house.agent("a", 1, Way.FINISH);
    house.pass(Duration.ofSeconds(15));
    house.untilAll(e, FINISHED);
    assertTrue(house.tasks(e).stream().allMatch(t -> t.attempt() == 1));
  }

  @Test
  void whatAnAgentMayHavePulledBeforeARestartIsNotGivenToAnotherAtOnce() {
    house.agent("a", 1, Way.SILENCE);
    Execution e = house.run(Given.request(RunMode.GROUP));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    house.restart();
    SimulatedAgent b = house.agent("b", 1, Way.FINISH);
    house.pass(Duration.ofSeconds(5));
    assertEquals(List.of(), b.taken);
    house.pass(Duration.ofSeconds(10));
    house.untilAll(e, FINISHED);
    assertEquals(1, house.task(e).attempt());
  }

  @Test
  void anExecutionThatWasNeverPlannedIsPlannedAtTheStart() {
    Execution e = Given.request(RunMode.MONO).at(house.clock.instant()).execution();
    house.agent("a", 1, Way.FINISH);
    house.stores.executions.insert(e.id(), e).await();
    house.restart();
    house.until(() -> house.execution(e).planned());
    house.agent("a", 1, Way.FINISH);
    house.until(() -> house.execution(e).state() == FINISHED);
  }

  @Test
  void whatAPlanningThatWasCutOffHasMadeIsReleasedAfterTheRestart() {
    house.agent("a", 1, Way.FINISH);
    Execution e = Given.request(RunMode.MONO).at(house.clock.instant()).execution();
    List<String> tests = e.snapshot().tests().stream().map(t -> t.id()).toList();
    Task made = new TaskDraft(e, house.clock.instant()).task(0, tests, null);
    house.stores.tasks.insert(made.id(), made).await();
    house.stores.executions.insert(e.id(), e).await();
    house.restart();
    house.agent("a", 1, Way.FINISH);
    house.untilAll(e, FINISHED);
  }

  @Test
  void anExecutionWhoseWakeUpWasLostIsFound() {
    house.agent("a", 1, Way.FINISH);
    Execution e = Given.request(RunMode.MONO).at(house.clock.instant()).execution();
    house.stores.executions.insert(e.id(), e).await();
    house.until(() -> house.execution(e).state() == FINISHED);
  }

  @Test
  void aCancelIsCarriedOutAgainAfterARestart() {
    house.agent("a", 1, Way.STUBBORN);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.cancel(e);
    house.restart();
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    house.until(() -> !a.cancels.isEmpty());
    house.pass(Duration.ofSeconds(45));
    house.untilAll(e, CANCELLED);
  }

  @Test
  @DisplayName("a machine that dies loses its task to another, within its lease")
  void aMachineThatDiesLosesItsTask() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.agent("b", 1, Way.FINISH);
    a.die();
    house.pass(Duration.ofSeconds(40));
    house.untilAll(e, FINISHED);
    Task task = house.task(e);
    assertEquals("id-b", task.machineId());
    assertEquals(
        List.of("id-a", "id-b"), task.attempts().stream().map(Attempt::machineId).toList());
    assertEquals("machineLost", task.attempts().get(0).reason());
  }

  @Test
  void whatAMachineDidNotAckGoesElsewhereWhenItLeaves() {
    SimulatedAgent a = house.agent("a", 1, Way.SILENCE);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    house.agent("b", 1, Way.FINISH);
    a.disconnect().await();
    house.untilAll(e, FINISHED);
    assertEquals("id-b", house.task(e).machineId());
    assertEquals(1, house.task(e).attempts().size());
  }

  @Test
  void anInfrastructureFailureIsTriedOnAnotherMachine() {
    house.agent("a", 2, Way.BREAK);
    house.agent("b", 1, Way.FINISH);
    Execution e = house.run(Given.request(RunMode.GROUP).infraRetries(1));
    house.untilAll(e, FINISHED);
    Task task = house.task(e);
    assertEquals(
        2, new HashSet<>(task.attempts().stream().map(Attempt::machineId).toList()).size());
    assertEquals(io.cta.domain.Result.OK, task.result());
  }

  @Test
  void aMachineThatBreaksThreeTasksIsQuarantinedUntilItsTimeIsOver() {
    SimulatedAgent a = house.agent("a", 1, Way.BREAK);
    Execution e = house.run(Given.request(RunMode.MONO).infraRetries(9));
    house.until(() -> house.machine("a").health() == Health.QUARANTINED);
    int taken = a.taken.size();
    house.sweeps();
    assertTrue(a.taken.size() <= taken + 1);
    a.will(run -> Way.FINISH);
    house.pass(Duration.ofSeconds(65));
    house.untilAll(e, FINISHED);
    house.until(() -> house.machine("a").failuresInRow() == 0);
  }

  @Test
  void aLostMessageIsSentAgainWithTheSameToken() {
    SimulatedAgent a = house.agent("a", 1, Way.SILENCE);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    String token = house.task(e).token();
    a.will(run -> Way.FINISH);
    house.pass(Duration.ofSeconds(15));
    house.untilAll(e, FINISHED);
    assertEquals(token, house.task(e).token());
    assertEquals(1, house.task(e).attempt());
  }

  @Test
  @DisplayName("an agent that turns a task down is free for the next")
  void aDeclinedTaskIsOfferedAgain() {
    SimulatedAgent a = house.agent("a", 2, Way.HOLD);
    // the server believes in more slots than the agent has
    house.stores.machines.update("id-a", m -> slots(m, 3)).await();
    house.edited("id-a");
    List<Execution> all =
        List.of(
            house.run(Given.request(RunMode.MONO)),
            house.run(Given.request(RunMode.MONO)),
            house.run(Given.request(RunMode.MONO)));
    house.until(() -> a.running().size() == 2);
    house.sweeps();
    a.will(run -> Way.FINISH);
    a.finish();
    house.pass(Duration.ofSeconds(5));
    all.forEach(e -> house.untilAll(e, FINISHED));
  }

  @Test
  @DisplayName("two dispatchers over one store release every task once")
  void compareAndSetDecidesBetweenTwoDispatchers() {
    house.secondDispatcher();
    SimulatedAgent a = house.agent("a", 50, Way.HOLD);
    List<Execution> all =
        IntStream.range(0, 50).mapToObj(i -> house.run(Given.request(RunMode.MONO))).toList();
    house.until(() -> a.running().size() == 50);
    a.finish();
    all.forEach(e -> house.untilAll(e, FINISHED));
    assertEquals(50, a.taken.size());
    assertTrue(all.stream().allMatch(e -> house.task(e).attempt() == 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunMode.class,
      names = {"GROUP", "PARALLEL"})
  void theQueueOfAnExecutionThatEndsAfterARestartIsRemovedThough(RunMode mode) {
    SimulatedAgent a = house.agent("a", 5, Way.HOLD);
    Execution e = house.run(Given.request(mode).tests(2));
    house.untilAll(e, RUNNING);
    house.restartServer();
    assertTrue(thereIs(Queues.group(e.id())));
    a.will(run -> Way.FINISH);
    a.finish();
    house.untilAll(e, FINISHED);
    house.until(() -> !thereIs(Queues.group(e.id())));
  }

  @Test
  void aQueueThatACrashHasLeftIsRemovedAtTheNextStart() {
    Execution left =
        Given.request(RunMode.GROUP)
            .offline(OfflinePolicy.SKIP)
            .at(house.clock.instant())
            .execution();
    house.stores.executions.insert(left.id(), left).await();
    house.until(() -> house.execution(left).state() == FINISHED);
    house.broker().declare(Queues.group(left.id()), QueueSpec.commands()).await();
    house.restartServer();
    house.until(() -> !thereIs(Queues.group(left.id())));
  }

  @Test
  void aQueueThatSomebodyRemovedIsMadeAnew() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    house.untilAll(house.run(Given.request(RunMode.MONO)), FINISHED);
    a.die();
    house.broker().delete(Queues.machine("id-a")).await();
    Execution e = house.run(Given.request(RunMode.MONO));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    house.clock.advance(Duration.ofSeconds(15));
    house.until(() -> thereIs(Queues.machine("id-a")));
  }

  private boolean thereIs(String queue) {
    Buffer nothing = Envelope.of(Types.GROUP_LEAVE, "test", new GroupInvite("x", "x")).encode();
    return house.broker().publish(queue, nothing).map(true).otherwise(false).await();
  }

  private static Machine slots(Machine m, int slots) {
    return new Machine(
        m.id(),
        m.name(),
        m.hostname(),
        m.ip(),
        m.properties(),
        m.facts(),
        m.labels(),
        m.groups(),
        slots,
        m.presence(),
        m.health(),
        m.healthNote(),
        m.failuresInRow(),
        m.quarantines(),
        m.quarantinedUntil(),
        m.agentVersion(),
        m.lastSeenAt(),
        m.createdAt(),
        m.updatedAt(),
        null,
        null,
        m.agentLabels(),
        m.agentName());
  }
}
