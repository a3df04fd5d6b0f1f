package io.cta.server.registration;

import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.domain.Execution;
import io.cta.domain.Presence;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.Heartbeat;
import io.cta.message.MachineGone;
import io.cta.message.MachineHello;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.server.dispatch.Given;
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
import io.cta.server.store.Collections;
import io.cta.server.store.Write;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RegistrationVerticleTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aSecondLiveSessionOfAMachineIsRefusedInClearWords() {
    house.agent("a", 1, Way.FINISH);
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> ask(Types.MACHINE_REGISTERED, hello("other")));
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertTrue(
        refused.getMessage().startsWith("machine a has a live session already"),
        refused.getMessage());
  }

  @Test
  void anotherSessionMayFollowOneThatHasLeftOrFellSilent() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    a.disconnect().await();
    assertEquals(Presence.OFFLINE, house.machine("a").presence());
    ask(Types.MACHINE_REGISTERED, hello("second"));
    house.pass(Duration.ofSeconds(35));
    ask(Types.MACHINE_REGISTERED, hello("third"));
    assertEquals(Presence.ONLINE, house.machine("a").presence());
  }

  @Test
  void theEndOfAnOlderSessionSaysNothingOfTheNewOne() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    ask(Types.MACHINE_GONE, new MachineGone("id-a", "older", "closed"));
    assertEquals(Presence.ONLINE, house.machine("a").presence());
    ask(Types.MACHINE_GONE, new MachineGone("id-a", a.session(), "closed"));
    assertEquals(Presence.OFFLINE, house.machine("a").presence());
  }

  @Test
  void whatIsLostWhileAMachineSleepsIsNobodysFailure() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, State.RUNNING);
    a.die();
    house.pass(Duration.ofSeconds(35));
    house.until(() -> house.machine("a").failuresInRow() == 1);
    a.hello(134).await();
    assertEquals(List.of("was suspended for 134 s"), house.machine("a").notices());
    house.until(() -> house.machine("a").failuresInRow() == 0);
    house.until(() -> "suspended".equals(house.task(e).attempts().get(0).reason()));
    house.pass(Duration.ofMinutes(61));
    house.until(() -> house.machine("a").notices().isEmpty());
  }

  @Test
  void anAgentThatAsksForAnotherNameRenamesItsMachineUnlessTheNameIsTaken() {
    house.agent("b", 1, Way.FINISH);
    house.agent("a", 1, Way.FINISH).disconnect().await();
    ask(Types.MACHINE_REGISTERED, hello("s", "a", List.of("old")));
    ask(Types.MACHINE_REGISTERED, hello("s", "b", List.of("new")));
    assertEquals("a", house.machine("a").name());
    assertEquals(List.of("new"), house.machine("a").labels());
    String notice = "its agent asks for the name b, which another machine has";
    assertTrue(house.machine("a").notices().get(0).startsWith(notice));
    ask(Types.MACHINE_REGISTERED, hello("s", "c", List.of("new")));
    assertEquals("c", house.machine("a").name());
    assertEquals(List.of(), house.machine("a").notices());
  }

  @ParameterizedTest
  @CsvSource({
    "-31000, its clock is 31 s behind the server's",
    "31000, its clock is 31 s ahead of the server's",
    "7200000, its clock is 7200 s ahead of the server's",
    "30000, ",
    "-30000, "
  })
  void aClockThatDiffersIsSaidUntilItIsHealed(long millis, String notice) {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    a.beat(house.clock.instant().plusMillis(millis).toEpochMilli()).await();
    List<String> expected = notice == null ? List.of() : List.of(notice);
    assertEquals(expected, house.machine("a").notices());
    assertEquals(Presence.ONLINE, house.machine("a").presence());
    for (int beats = 0; beats < 2; beats++) {
      house.clock.advance(Duration.ofSeconds(5));
      a.beat(house.clock.instant().toEpochMilli()).await();
    }
    assertEquals(List.of(), house.machine("a").notices());
  }

  @Test
  void aSilentMachineIsOfflineUntilItIsHeardAgain() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    a.die();
    house.pass(Duration.ofSeconds(40));
    house.until(() -> house.machine("a").presence() == Presence.OFFLINE);
    a.beat().await();
    assertEquals(Presence.ONLINE, house.machine("a").presence());
  }

  @Test
  void whyAMachineTakesNothingIsSaidByItsHeartbeatsUntilTheySayNothing() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    a.troubled("disk low: 4 MB of 8 GB free").beat().await();
    assertEquals("disk low: 4 MB of 8 GB free", house.machine("a").trouble());
    Execution e = house.run(Given.request(RunMode.GROUP));
    String reason = "no matching machine takes tasks: a takes none (disk low: 4 MB of 8 GB free)";
    house.until(() -> !house.tasks(e).isEmpty());
    house.until(
        () -> {
          // reasons are looked at anew as time passes
          house.pass(Duration.ofSeconds(1));
          return reason.equals(house.task(e).waitReason());
        });
    a.troubled(null).beat().await();
    assertEquals(null, house.machine("a").trouble());
    house.untilAll(e, FINISHED);
  }

  @Test
  void whileTheBrokerIsAwayNobodyIsSilent() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.broker().away(true);
    house.sweeps();
    house.clock.advance(Duration.ofMinutes(10));
    house.sweeps();
    house.broker().away(false);
    house.sweeps();
    assertEquals(Presence.ONLINE, house.machine("a").presence());
    assertEquals(RUNNING, house.task(e).state());
    a.die();
    house.pass(Duration.ofSeconds(40));
    house.until(() -> house.machine("a").presence() == Presence.OFFLINE);
  }

  @Test
  void theQueueOfADeletedMachineIsRemoved() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    a.die();
    long version = house.stores.machines.get("id-a").await().version();
    Write delete = new Write.Delete(Collections.MACHINES, "id-a", version);
    house.stores.documents.apply(List.of(delete)).await();
    house.edited("id-a");
    house.until(
        () ->
            house
                .broker()
                .publish(Queues.machine("id-a"), Buffer.buffer("x"))
                .map(false)
                .otherwise(true)
                .await());
  }

  @Test
  void afterARestartMachinesAreOfflineUntilTheySpeak() {
    house.agent("a", 1, Way.FINISH);
    house.restart();
    assertEquals(Presence.OFFLINE, house.machine("a").presence());
    house.agent("a", 1, Way.FINISH);
    assertEquals(Presence.ONLINE, house.machine("a").presence());
  }

  @Test
  @DisplayName("acked state is not left behind on the machine of an agent that forgot")
  void whatAnAgentForgotIsLostAndRunsAgain() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.until(() -> house.execution(e).state() == RUNNING);
    a.beat().await(); // answered once registration knows of the ack
    a.forget();
    a.will(run -> Way.FINISH);
    house.clock.advance(Duration.ofSeconds(5));
    a.beat().await();
    assertEquals(1, house.task(e).attempt());
    a.beat().await();
    house.untilAll(e, FINISHED);
    Task task = house.task(e);
    assertEquals(2, task.attempt());
    assertEquals("unknownToAgent", task.attempts().get(0).reason());
    Execution next = house.run(Given.request(RunMode.MONO));
    house.untilAll(next, FINISHED);
  }

  @Test
  @DisplayName("an agent that runs what was given to another is told to stop")
  void anAgentThatComesBackWithALostAttemptIsToldToStop() {
    SimulatedAgent a = house.agent("a", 1, Way.HOLD);
    Execution e = house.run(Given.request(RunMode.MONO));
    house.untilAll(e, RUNNING);
    house.agent("b", 1, Way.FINISH);
    a.die();
    house.pass(Duration.ofSeconds(40));
    house.untilAll(e, FINISHED);
    a.hello().await();
    a.beat().await();
    house.until(() -> a.cancels.stream().anyMatch(c -> c.stale()));
    house.until(() -> a.running().isEmpty());
    assertEquals("id-b", house.task(e).machineId());
  }

  @Test
  void anUnknownMachineOrTypeIsAnError() {
    Heartbeat beat = new Heartbeat("nobody", "s", 0, 0, 0, false, List.of(), null);
    assertEquals(ErrorCode.NOT_FOUND, failure(Types.MACHINE_HEARTBEAT, beat).code());
    assertEquals(ErrorCode.INVALID, failure("machine.sang", beat).code());
    Heartbeat nameless = new Heartbeat(null, "s", 0, 0, 0, false, List.of(), null);
    assertEquals(ErrorCode.INVALID, failure(Types.MACHINE_HEARTBEAT, nameless).code());
  }

  private ServiceFailure failure(String type, Object payload) {
    return assertThrows(ServiceFailure.class, () -> ask(type, payload));
  }

  private void ask(String type, Object payload) {
    Envelope envelope = Envelope.of(type, "test", payload);
    Consumers.ask(house.vertx(), Addresses.REGISTRATION_RECEIVE, envelope, 5_000).await();
  }

  private static MachineHello hello(String session) {
    return hello(session, "a", List.of());
  }

  private static MachineHello hello(String session, String name, List<String> labels) {
    return new MachineHello(
        "id-a", session, name, "elsewhere", "192.0.2.2", Map.of(), labels, 1, "1", List.of(), 0);
  }
}
