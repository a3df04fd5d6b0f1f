package io.cta.server.dispatch;

import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static io.cta.domain.State.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.domain.Execution;
import io.cta.domain.Presence;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
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

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 31, 60, 7_200, -7_200, 86_400 * 365})
  void noAttemptIsLostAndNoMachineGoesOffline(long seconds) {
    house.agent("a", 2, Way.HOLD);
    Execution runs = house.run(request());
    house.untilAll(runs, RUNNING);
    Execution waits = house.run(request());
    house.until(() -> house.tasks(waits).size() == 1);
    house.clock.set(Duration.ofSeconds(seconds));
    house.sweeps();
    house.pass(Duration.ofSeconds(60));
    assertEquals(Presence.ONLINE, house.machine("a").presence());
    assertEquals(RUNNING, house.task(runs).state());
    assertEquals(1, house.task(runs).attempt());
    assertEquals(List.of(), house.task(runs).attempts());
    assertTrue(house.tasks(waits).stream().noneMatch(t -> t.state().terminal()));
    assertEquals(0, house.machine("a").failuresInRow());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void timesStillEndWhatIsOver(long seconds) {
    Execution waits = house.run(request());
    house.until(() -> house.tasks(waits).size() == 1);
    house.clock.set(Duration.ofSeconds(seconds));
    house.pass(PENDING.plusSeconds(5));
    house.untilAll(waits, TIMEOUT);
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution runs = house.run(request());
    house.untilAll(runs, RUNNING);
    house.clock.set(Duration.ofSeconds(-seconds));
    a.die();
    house.pass(Duration.ofSeconds(35));
    house.until(() -> house.machine("a").presence() == Presence.OFFLINE);
    assertEquals("machineLost", house.task(runs).attempts().get(0).reason());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void aRunningTimeIsOverWhenItIs(long seconds) {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(request());
    house.untilAll(e, RUNNING);
    house.pass(Duration.ofMinutes(5));
    house.clock.set(Duration.ofSeconds(seconds));
    house.pass(Duration.ofMinutes(4));
    assertEquals(List.of(), a.cancels);
    house.pass(Duration.ofMinutes(2));
    house.until(() -> !a.cancels.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void whatIsStoredIsShiftedByTheStep(long seconds) {
    house.agent("a", 1, Way.HOLD);
    Execution e = house.run(request());
    house.until(() -> house.tasks(e).stream().anyMatch(t -> t.state() == RUNNING));
    List<Task> before = house.tasks(e);
    house.until(() -> house.execution(e).deadline() != null);
    Duration step = Duration.ofSeconds(seconds);
    house.clock.set(step);
    Consumers.announce(house.vertx(), Addresses.WALL_CLOCK_STEPPED, step.toMillis());
    for (Task task : before) {
      Task expected = task.edit().deadline(task.deadline().plus(step)).done();
      house.until(() -> near(house.stores.tasks.get(task.id()).await().value(), expected));
    }
    Execution started = house.execution(e);
    house.until(
        () ->
            house.execution(e).deadline().compareTo(house.clock.instant().plus(RUN).plusSeconds(11))
                < 0);
    assertEquals(RUNNING, started.state());
  }

  @ParameterizedTest
  @ValueSource(longs = {7_200, -7_200})
  void aClockThatWasSetWhileNoServerWasThereLosesNothingThatIsConfirmed(long seconds) {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(request());
    Execution waits = house.run(request());
    house.untilAll(e, RUNNING);
    house.until(() -> house.tasks(waits).size() == 1);
    house.clock.set(Duration.ofSeconds(seconds));
    house.restartServer();
    house.pass(Duration.ofSeconds(25));
    assertEquals(RUNNING, house.task(e).state());
    assertEquals(1, house.task(e).attempt());
    assertEquals(io.cta.domain.State.PENDING, house.task(waits).state());
    house.pass(Duration.ofMinutes(2));
    assertEquals(RUNNING, house.task(e).state());
    assertEquals(List.of(), a.cancels);
  }

  @Test
  void afterARestartTheTimeThatIsLeftIsWhatWaits() {
    Execution waits = house.run(request());
    house.until(() -> house.tasks(waits).size() == 1);
    house.pass(PENDING.minusSeconds(60));
    house.restartServer();
    house.pass(Duration.ofSeconds(50));
    assertEquals(io.cta.domain.State.PENDING, house.task(waits).state());
    house.pass(Duration.ofSeconds(15));
    house.untilAll(waits, TIMEOUT);
    assertTrue(house.execution(waits).state() != FINISHED);
  }

  private static boolean near(Task a, Task b) {
    return Duration.between(a.deadline(), b.deadline()).abs().toMillis() < 50;
  }

  private static Given.Request request() {
    return Given.request(RunMode.MONO).timeouts(PENDING, RUN);
  }
}
