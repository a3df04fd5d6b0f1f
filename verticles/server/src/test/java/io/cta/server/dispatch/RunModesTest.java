package io.cta.server.dispatch;

import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.message.QueueNames;
import io.cta.server.dispatch.scheduling.ExecutionPlanner;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each run mode with agents that speak through the broker. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunModesTest {
  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @Test
  void monoRunsTheWholeSuiteOnOneMachine() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.agent("b", 1, Behavior.FINISH);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO).tests(3));
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(1, serverSimulation.tasks(e).size());
    assertEquals(3, serverSimulation.task(e).testIds().size());
    assertEquals(1, taken());
  }

  @Test
  void theTokenOfAnAttemptSaysNothingOfAnother() {
    serverSimulation.agent("a", 2, Behavior.HOLD);
    Set<String> beginnings = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
      serverSimulation.untilAll(e, RUNNING);
      String token = serverSimulation.task(e).token();
      assertEquals(32, Base64.getUrlDecoder().decode(token).length);
      beginnings.add(token.substring(0, 10));
    }
    assertEquals(2, beginnings.size());
  }

  @Test
  void groupRunsTheSuiteOnceWhoeverPullsIt() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.agent("b", 1, Behavior.FINISH);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.GROUP).tests(3));
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(1, taken());
  }

  @Test
  @DisplayName("in group mode an offline machine ends nothing while another works")
  void groupIsNotEndedByAnOfflineMachine() {
    serverSimulation.offline("off");
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.GROUP)
                .timeouts(Duration.ofMinutes(1), Duration.ofHours(1)));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.pass(Duration.ofMinutes(3));
    assertEquals(RUNNING, serverSimulation.task(e).state());
    a.finish();
    serverSimulation.untilAll(e, FINISHED);
  }

  @Test
  @DisplayName("stress runs at once on more than 20 machines")
  void stressRunsOnEveryMachineAtOnce() {
    for (int i = 0; i < 25; i++) {
      serverSimulation.agent("m" + i, 1, Behavior.HOLD);
    }
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.STRESS).tests(2));
    serverSimulation.untilAll(e, RUNNING);
    Set<String> machines = new HashSet<>();
    serverSimulation.tasks(e).forEach(t -> machines.add(t.machineId()));
    assertEquals(25, machines.size());
    serverSimulation.agents.forEach(SimulatedAgent::finish);
    serverSimulation.untilAll(e, FINISHED);
  }

  @Test
  void parallelSharesTestsOutUntilNoneIsLeft() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.agent("b", 2, Behavior.FINISH);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.PARALLEL).tests(40));
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(40, serverSimulation.tasks(e).size());
    assertEquals(40, taken());
    assertTrue(serverSimulation.tasks(e).stream().allMatch(t -> t.attempt() == 1));
  }

  @Test
  void theGroupQueueGoesWhenItsExecutionEnds() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.PARALLEL).tests(3));
    serverSimulation.untilAll(e, FINISHED);
    serverSimulation.until(
        () ->
            serverSimulation
                .broker()
                .publish(QueueNames.group(e.id()), Buffer.buffer("{}"))
                .transform(done -> Future.succeededFuture(done.failed()))
                .await());
  }

  @Test
  @DisplayName("tests that run longer than the pending timeout do not lose the rest")
  void pendingTimeoutOfSharedTestsEndsWithTheFirstStart() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.PARALLEL)
                .tests(3)
                .timeouts(Duration.ofSeconds(30), Duration.ofMinutes(30)));
    serverSimulation.until(() -> a.running().size() == 1);
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.state() == RUNNING));
    serverSimulation.pass(Duration.ofMinutes(5));
    assertEquals(
        2, serverSimulation.tasks(e).stream().filter(t -> t.state() == State.PENDING).count());
    a.will(run -> Behavior.FINISH);
    a.finish();
    serverSimulation.untilAll(e, FINISHED);
  }

  @Test
  @DisplayName("a hundred back-to-back executions on one agent all end right")
  void backToBackExecutionsAllEndRight() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    List<Execution> all =
        IntStream.range(0, 100)
            .mapToObj(i -> serverSimulation.run(SchedulingFixtures.request(RunMode.MONO)))
            .toList();
    all.forEach(e -> serverSimulation.untilAll(e, FINISHED));
    assertEquals(100, taken());
  }

  @Test
  @DisplayName("a run that matches no machine ends with a reason")
  void noMatchEnds() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.STRESS)
                .tests(2)
                .match("gpu", "yes")
                .offline(OfflinePolicy.SKIP));
    serverSimulation.untilAll(e, FINISHED);
    Task task = serverSimulation.task(e);
    assertEquals("noMatchingMachine: no machine has gpu yes", task.reason());
    assertEquals(Result.INCONCLUSIVE, task.result());
    assertEquals(0, taken());
    Execution next = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(next, FINISHED);
    assertEquals(1, taken());
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitsForAMachineThatMatchesSaysWhatNobodyMeetsAndRunsOnTheFirstThatComes(RunMode mode) {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    Execution e =
        serverSimulation.run(
            SchedulingFixtures.request(mode)
                .tests(1)
                .machines("b")
                .offline(OfflinePolicy.WAIT)
                .timeouts(Duration.ofMinutes(5), Duration.ofHours(1)));
    serverSimulation.until(() -> !serverSimulation.tasks(e).isEmpty());
    serverSimulation.until(
        () -> {
          // a task may be stored before it waits: its time begins with the wait
          serverSimulation.pass(Duration.ofSeconds(1));
          return "no machine is called b".equals(serverSimulation.task(e).waitReason());
        });
    assertEquals(State.PENDING, serverSimulation.task(e).state());
    SimulatedAgent b = serverSimulation.agent("b", 1, Behavior.FINISH);
    serverSimulation.untilAll(e, FINISHED);
    assertEquals(1, b.taken.size());
  }

  @Test
  void whoeverWaitsInVainTimesOutAndMayBeCancelledMeanwhile() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    SchedulingFixtures.ExecutionRequest nobody =
        SchedulingFixtures.request(RunMode.STRESS)
            .machines("b")
            .timeouts(Duration.ofMinutes(5), Duration.ofHours(1));
    Execution late = serverSimulation.run(nobody.id("late"));
    Execution cancelled = serverSimulation.run(nobody.id("cancelled"));
    serverSimulation.until(
        () ->
            !serverSimulation.tasks(late).isEmpty()
                && !serverSimulation.tasks(cancelled).isEmpty());
    serverSimulation.cancel(cancelled);
    serverSimulation.untilAll(cancelled, State.CANCELLED);
    serverSimulation.pass(Duration.ofMinutes(6));
    serverSimulation.untilAll(late, State.TIMEOUT);
  }

  @Test
  void offlinePoliciesDecideAboutOfflineMachines() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.offline("off");
    Execution skip =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.STRESS).offline(OfflinePolicy.SKIP));
    Execution fail =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.STRESS).offline(OfflinePolicy.FAIL));
    Execution wait =
        serverSimulation.run(
            SchedulingFixtures.request(RunMode.STRESS).offline(OfflinePolicy.WAIT));
    serverSimulation.untilAll(skip, FINISHED);
    serverSimulation.untilAll(fail, FINISHED);
    assertEquals(1, serverSimulation.tasks(skip).size());
    assertEquals(Result.FAILED, serverSimulation.task(fail).result());
    assertEquals(ExecutionPlanner.MACHINE_OFFLINE, serverSimulation.task(fail).reason());
    assertEquals(2, serverSimulation.tasks(wait).size());
    serverSimulation.until(
        () -> {
          serverSimulation.pass(Duration.ofSeconds(1));
          return "the matching machine off is offline"
              .equals(serverSimulation.tasks(wait).get(1).waitReason());
        });
    serverSimulation.agent("off", 1, Behavior.FINISH);
    serverSimulation.untilAll(wait, FINISHED);
    assertNull(serverSimulation.tasks(wait).get(1).waitReason());
  }

  private int taken() {
    return serverSimulation.agents.stream().mapToInt(a -> a.taken.size()).sum();
  }
}
