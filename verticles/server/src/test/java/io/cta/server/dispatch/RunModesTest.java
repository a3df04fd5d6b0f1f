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
import io.cta.message.Queues;
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
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
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void monoRunsTheWholeSuiteOnOneMachine() {
    house.agent("a", 1, Way.FINISH);
    house.agent("b", 1, Way.FINISH);
    Execution e = house.run(Given.request(RunMode.MONO).tests(3));
    house.untilAll(e, FINISHED);
    assertEquals(1, house.tasks(e).size());
    assertEquals(3, house.task(e).testIds().size());
    assertEquals(1, taken());
  }

  @Test
  void theTokenOfAnAttemptSaysNothingOfAnother() {
    house.agent("a", 2, Way.HOLD);
    Set<String> beginnings = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Execution e = house.run(Given.request(RunMode.MONO));
      house.untilAll(e, RUNNING);
      String token = house.task(e).token();
      assertEquals(32, Base64.getUrlDecoder().decode(token).length);
      beginnings.add(token.substring(0, 10));
    }
    assertEquals(2, beginnings.size());
  }

  @Test
  void groupRunsTheSuiteOnceWhoeverPullsIt() {
    house.agent("a", 1, Way.FINISH);
    house.agent("b", 1, Way.FINISH);
    Execution e = house.run(Given.request(RunMode.GROUP).tests(3));
    house.untilAll(e, FINISHED);
    assertEquals(1, taken());
  }

  @Test
  @DisplayName("in group mode an offline machine ends nothing while another works")
  void groupIsNotEndedByAnOfflineMachine() {
    house.offline("off");
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e =
        house.run(
            Given.request(RunMode.GROUP).timeouts(Duration.ofMinutes(1), Duration.ofHours(1)));
    house.untilAll(e, RUNNING);
    house.pass(Duration.ofMinutes(3));
    assertEquals(RUNNING, house.task(e).state());
    a.finish();
    house.untilAll(e, FINISHED);
  }

  @Test
  @DisplayName("stress runs at once on more than 20 machines")
  void stressRunsOnEveryMachineAtOnce() {
    for (int i = 0; i < 25; i++) {
      house.agent("m" + i, 1, Way.HOLD);
    }
    Execution e = house.run(Given.request(RunMode.STRESS).tests(2));
    house.untilAll(e, RUNNING);
    Set<String> machines = new HashSet<>();
    house.tasks(e).forEach(t -> machines.add(t.machineId()));
    assertEquals(25, machines.size());
    house.agents.forEach(SimulatedAgent::finish);
    house.untilAll(e, FINISHED);
  }

  @Test
  void parallelSharesTestsOutUntilNoneIsLeft() {
    house.agent("a", 1, Way.FINISH);
    house.agent("b", 2, Way.FINISH);
    Execution e = house.run(Given.request(RunMode.PARALLEL).tests(40));
    house.untilAll(e, FINISHED);
    assertEquals(40, house.tasks(e).size());
    assertEquals(40, taken());
    assertTrue(house.tasks(e).stream().allMatch(t -> t.attempt() == 1));
  }

  @Test
  void theGroupQueueGoesWhenItsExecutionEnds() {
    house.agent("a", 1, Way.FINISH);
    Execution e = house.run(Given.request(RunMode.PARALLEL).tests(3));
    house.untilAll(e, FINISHED);
    house.until(
        () ->
            house
                .broker()
                .publish(Queues.group(e.id()), Buffer.buffer("{}"))
                .transform(done -> Future.succeededFuture(done.failed()))
                .await());
  }

  @Test
  @DisplayName("tests that run longer than the pending timeout do not lose the rest")
  void pendingTimeoutOfSharedTestsEndsWithTheFirstStart() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e =
        house.run(
            Given.request(RunMode.PARALLEL)
                .tests(3)
                .timeouts(Duration.ofSeconds(30), Duration.ofMinutes(30)));
    house.until(() -> a.running().size() == 1);
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.state() == RUNNING));
    house.pass(Duration.ofMinutes(5));
    assertEquals(2, house.tasks(e).stream().filter(t -> t.state() == State.PENDING).count());
    a.will(run -> Way.FINISH);
    a.finish();
    house.untilAll(e, FINISHED);
  }

  @Test
  @DisplayName("a hundred back-to-back executions on one agent all end right")
  void backToBackExecutionsAllEndRight() {
    house.agent("a", 1, Way.FINISH);
    List<Execution> all =
        IntStream.range(0, 100).mapToObj(i -> house.run(Given.request(RunMode.MONO))).toList();
    all.forEach(e -> house.untilAll(e, FINISHED));
    assertEquals(100, taken());
  }

  @Test
  @DisplayName("a run that matches no machine ends with a reason")
  void noMatchEnds() {
    house.agent("a", 1, Way.FINISH);
    Execution e =
        house.run(
            Given.request(RunMode.STRESS).tests(2).match("gpu", "yes").offline(OfflinePolicy.SKIP));
    house.untilAll(e, FINISHED);
    Task task = house.task(e);
    assertEquals("noMatchingMachine: no machine has gpu yes", task.reason());
    assertEquals(Result.INCONCLUSIVE, task.result());
    assertEquals(0, taken());
    Execution next = house.run(Given.request(RunMode.MONO));
    house.untilAll(next, FINISHED);
    assertEquals(1, taken());
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitsForAMachineThatMatchesSaysWhatNobodyMeetsAndRunsOnTheFirstThatComes(RunMode mode) {
    house.agent("a", 1, Way.FINISH);
    Execution e =
        house.run(
            Given.request(mode)
                .tests(1)
                .machines("b")
                .offline(OfflinePolicy.WAIT)
                .timeouts(Duration.ofMinutes(5), Duration.ofHours(1)));
    house.until(() -> !house.tasks(e).isEmpty());
    house.until(
        () -> {
          // a task may be stored before it waits: its time begins with the wait
          house.pass(Duration.ofSeconds(1));
          return "no machine is called b".equals(house.task(e).waitReason());
        });
    assertEquals(State.PENDING, house.task(e).state());
    SimulatedAgent b = house.agent("b", 1, Way.FINISH);
    house.untilAll(e, FINISHED);
    assertEquals(1, b.taken.size());
  }

  @Test
  void whoeverWaitsInVainTimesOutAndMayBeCancelledMeanwhile() {
    house.agent("a", 1, Way.FINISH);
    Given.Request nobody =
        Given.request(RunMode.STRESS)
            .machines("b")
            .timeouts(Duration.ofMinutes(5), Duration.ofHours(1));
    Execution late = house.run(nobody.id("late"));
    Execution cancelled = house.run(nobody.id("cancelled"));
    house.until(() -> !house.tasks(late).isEmpty() && !house.tasks(cancelled).isEmpty());
    house.cancel(cancelled);
    house.untilAll(cancelled, State.CANCELLED);
    house.pass(Duration.ofMinutes(6));
    house.untilAll(late, State.TIMEOUT);
  }

  @Test
  void offlinePoliciesDecideAboutOfflineMachines() {
    house.agent("a", 1, Way.FINISH);
    house.offline("off");
    Execution skip = house.run(Given.request(RunMode.STRESS).offline(OfflinePolicy.SKIP));
    Execution fail = house.run(Given.request(RunMode.STRESS).offline(OfflinePolicy.FAIL));
    Execution wait = house.run(Given.request(RunMode.STRESS).offline(OfflinePolicy.WAIT));
    house.untilAll(skip, FINISHED);
    house.untilAll(fail, FINISHED);
    assertEquals(1, house.tasks(skip).size());
    assertEquals(Result.FAILED, house.task(fail).result());
    assertEquals(Planner.MACHINE_OFFLINE, house.task(fail).reason());
    assertEquals(2, house.tasks(wait).size());
    house.until(
        () -> {
          house.pass(Duration.ofSeconds(1));
          return "the matching machine off is offline"
              .equals(house.tasks(wait).get(1).waitReason());
        });
    house.agent("off", 1, Way.FINISH);
    house.untilAll(wait, FINISHED);
    assertNull(house.tasks(wait).get(1).waitReason());
  }

  private int taken() {
    return house.agents.stream().mapToInt(a -> a.taken.size()).sum();
  }
}
