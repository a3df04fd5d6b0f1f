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
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
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
class StopsTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  @DisplayName("cancel reaches every machine that runs something, in each mode")
  void cancelReachesEveryMachine(RunMode mode) {
    for (String name : List.of("a", "b", "c")) {
      house.agent(name, 1, Way.HOLD);
    }
    Execution e = house.run(Given.request(mode).tests(5));
    int machines = mode == RunMode.MONO || mode == RunMode.GROUP ? 1 : 3;
    house.until(() -> running(e) == machines);
    house.cancel(e);
    house.untilAll(e, CANCELLED);
    assertEquals(machines, house.agents.stream().filter(a -> !a.cancels.isEmpty()).count());
    assertTrue(house.agents.stream().allMatch(a -> a.running().isEmpty()));
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void whatWaitsIsCancelledAtOnce(RunMode mode) {
    house.offline("off");
    Execution e = house.run(Given.request(mode).tests(3));
    house.until(() -> !house.tasks(e).isEmpty());
    house.cancel(e);
    house.untilAll(e, CANCELLED);
  }

  @Test
  @DisplayName("a cancelled parallel run ends without other machines draining it")
  void aCancelledParallelRunEnds() {
    house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.PARALLEL).tests(9));
    house.until(() -> running(e) == 1);
    house.cancel(e);
    house.untilAll(e, CANCELLED);
    house.until(() -> house.execution(e).state() == CANCELLED);
  }

  @Test
  @DisplayName("a machine that finished one shared test and runs another is cancelled")
  void aMachineAtItsSecondTestIsCancelled() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    a.will(run -> run.taskId().endsWith("-0") ? Way.FINISH : Way.HOLD);
    Execution e = house.run(Given.request(RunMode.PARALLEL).tests(3));
    house.until(() -> a.taken.size() == 2 && running(e) == 1);
    house.cancel(e);
    house.until(() -> house.tasks(e).stream().allMatch(t -> t.state().terminal()));
    assertEquals(
        List.of(FINISHED, CANCELLED, CANCELLED), house.tasks(e).stream().map(Task::state).toList());
    assertEquals(1, a.cancels.size());
  }

  @Test
  void cancelIsRepeatable() {
    SimulatedAgent a = house.agent("a", 1, Way.STUBBORN);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.cancel(e);
    house.cancel(e);
    house.until(() -> a.cancels.size() >= 2);
    a.will(run -> Way.HOLD);
    house.cancel(e);
    house.untilAll(e, CANCELLED);
    house.cancel(e);
    assertEquals(CANCELLED, house.task(e).state());
  }

  @Test
  void anAgentThatDoesNotObeyIsNamedAndTheTaskEnds() {
    house.agent("a", 1, Way.STUBBORN);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.cancel(e);
    house.pass(Duration.ofSeconds(25));
    house.untilAll(e, CANCELLED);
    assertEquals("machineDidNotObey", house.task(e).reason());
    assertEquals("id-a", house.task(e).machineId());
  }

  @Test
  @DisplayName("the pending timeout is the server's, and ends what waits")
  void thePendingTimeoutEndsWhatWaits() {
    house.offline("off");
    Execution e =
        house.run(
            Given.request(RunMode.MONO).timeouts(Duration.ofSeconds(20), Duration.ofMinutes(1)));
    house.until(() -> !house.tasks(e).isEmpty());
    house.pass(Duration.ofSeconds(15));
    assertEquals(State.PENDING, house.task(e).state());
    house.pass(Duration.ofSeconds(10));
    house.untilAll(e, TIMEOUT);
    assertEquals("pendingTimeout", house.task(e).reason());
  }

  @Test
  void thePendingTimeoutEndsWhatAnAgentNeverAcked() {
    house.agent("a", 1, Way.SILENCE);
    Execution e =
        house.run(
            Given.request(RunMode.MONO).timeouts(Duration.ofSeconds(40), Duration.ofMinutes(1)));
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.releasedAt() != null));
    house.pass(Duration.ofSeconds(45));
    house.untilAll(e, TIMEOUT);
  }

  @Test
  @DisplayName("the server ends what runs too long, whatever the agent does")
  void theRunningTimeoutIsTheServersToo() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e =
        house.run(
            Given.request(RunMode.MONO).timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
    house.untilAll(e, RUNNING);
    house.pass(Duration.ofSeconds(80));
    house.untilAll(e, TIMEOUT);
    assertEquals(List.of(true), a.cancels.stream().map(TaskCancel::timeout).toList());
    assertEquals("runningTimeout", house.task(e).reason());
  }

  @Test
  void theRunningTimeoutOfASharedRunEndsWhatStillWaits() {
    house.agent("a", 1, Way.HOLD);
    Execution e =
        house.run(
            Given.request(RunMode.PARALLEL)
                .tests(3)
                .timeouts(Duration.ofSeconds(30), Duration.ofMinutes(1)));
    house.until(() -> running(e) == 1);
    house.until(() -> house.execution(e).deadline() != null);
    house.pass(Duration.ofSeconds(80));
    house.untilAll(e, TIMEOUT);
  }

  private long running(Execution e) {
    return house.tasks(e).stream().filter(t -> t.state() == RUNNING).count();
  }
}
