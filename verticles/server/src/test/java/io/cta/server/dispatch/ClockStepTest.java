package io.cta.server.dispatch;

import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static io.cta.domain.State.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Execution;
import io.cta.domain.MachinePresence;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's wall clock is set while tests run, and while it is away. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClockStepTest {
  private static final Duration PENDING = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(10);

  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 31, 60, 7_200, -7_200, 86_400 * 365})
  void noAttemptIsLostAndNoMachineGoesOffline(long seconds) {
    serverSimulation.agent("a", 2, Behavior.HOLD);
    Execution runs = serverSimulation.run(request());
    serverSimulation.untilAll(runs, RUNNING);
    Execution waits = serverSimulation.run(request());
    serverSimulation.until(() -> serverSimulation.tasks(waits).size() == 1);
    serverSimulation.clock.set(Duration.ofSeconds(seconds));
    serverSimulation.sweeps();
    serverSimulation.pass(Duration.ofSeconds(60));
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
    assertEquals(RUNNING, serverSimulation.task(runs).state());
    assertEquals(1, serverSimulation.task(runs).attempt());
    assertEquals(List.of(), serverSimulation.task(runs).attempts());
    assertTrue(serverSimulation.tasks(waits).stream().noneMatch(t -> t.state().terminal()));
    assertEquals(0, serverSimulation.machine("a").failuresInRow());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void timesStillEndWhatIsOver(long seconds) {
    Execution waits = serverSimulation.run(request());
    serverSimulation.until(() -> serverSimulation.tasks(waits).size() == 1);
    serverSimulation.clock.set(Duration.ofSeconds(seconds));
    serverSimulation.pass(PENDING.plusSeconds(5));
    serverSimulation.untilAll(waits, TIMEOUT);
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution runs = serverSimulation.run(request());
    serverSimulation.untilAll(runs, RUNNING);
    serverSimulation.clock.set(Duration.ofSeconds(-seconds));
    a.die();
    serverSimulation.pass(Duration.ofSeconds(35));
    serverSimulation.until(
        () -> serverSimulation.machine("a").presence() == MachinePresence.OFFLINE);
    assertEquals("machineLost", serverSimulation.task(runs).attempts().get(0).reason());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void aRunningTimeIsOverWhenItIs(long seconds) {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(request());
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.pass(Duration.ofMinutes(5));
    serverSimulation.clock.set(Duration.ofSeconds(seconds));
    serverSimulation.pass(Duration.ofMinutes(4));
    assertEquals(List.of(), a.cancels);
    serverSimulation.pass(Duration.ofMinutes(2));
    serverSimulation.until(() -> !a.cancels.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void whatIsStoredIsShiftedByTheStep(long seconds) {
    serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(request());
    serverSimulation.until(
        () -> serverSimulation.tasks(e).stream().anyMatch(t -> t.state() == RUNNING));
    List<Task> before = serverSimulation.tasks(e);
    serverSimulation.until(() -> serverSimulation.execution(e).deadline() != null);
    Duration step = Duration.ofSeconds(seconds);
    serverSimulation.clock.set(step);
    BusAdapter.announce(serverSimulation.vertx(), BusAddresses.WALL_CLOCK_STEPPED, step.toMillis());
    for (Task task : before) {
      Task expected = task.edit().deadline(task.deadline().plus(step)).done();
      serverSimulation.until(
          () -> near(serverSimulation.stores.tasks.get(task.id()).await().value(), expected));
    }
    Execution started = serverSimulation.execution(e);
    serverSimulation.until(
        () ->
            serverSimulation
                    .execution(e)
                    .deadline()
                    .compareTo(serverSimulation.clock.instant().plus(RUN).plusSeconds(11))
                < 0);
    assertEquals(RUNNING, started.state());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void aClockThatWasSetWhileNoServerWasThereLosesNothingThatIsConfirmed(long seconds) {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(request());
    Execution waits = serverSimulation.run(request());
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.until(() -> serverSimulation.tasks(waits).size() == 1);
    serverSimulation.clock.set(Duration.ofSeconds(seconds));
    serverSimulation.restartServer();
    serverSimulation.pass(Duration.ofSeconds(25));
    assertEquals(RUNNING, serverSimulation.task(e).state());
    assertEquals(1, serverSimulation.task(e).attempt());
    assertEquals(io.cta.domain.State.PENDING, serverSimulation.task(waits).state());
    serverSimulation.pass(Duration.ofMinutes(2));
    assertEquals(RUNNING, serverSimulation.task(e).state());
    assertEquals(List.of(), a.cancels);
  }

  @Test
  void afterARestartTheTimeThatIsLeftIsWhatWaits() {
    Execution waits = serverSimulation.run(request());
    serverSimulation.until(() -> serverSimulation.tasks(waits).size() == 1);
    serverSimulation.pass(PENDING.minusSeconds(60));
    serverSimulation.restartServer();
    serverSimulation.pass(Duration.ofSeconds(50));
    assertEquals(io.cta.domain.State.PENDING, serverSimulation.task(waits).state());
    serverSimulation.pass(Duration.ofSeconds(15));
    serverSimulation.untilAll(waits, TIMEOUT);
    assertTrue(serverSimulation.execution(waits).state() != FINISHED);
  }

  private static boolean near(Task a, Task b) {
    return Duration.between(a.deadline(), b.deadline()).abs().toMillis() < 50;
  }

  private static SchedulingFixtures.ExecutionRequest request() {
    return SchedulingFixtures.request(RunMode.MONO).timeouts(PENDING, RUN);
  }
}
