package io.cta.server.registration;

import static io.cta.domain.State.FINISHED;
import static io.cta.domain.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ReceivedEvent;
import io.cta.domain.Execution;
import io.cta.domain.MachinePresence;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
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
  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @Test
  void aSecondLiveSessionOfAMachineIsRefusedWithAClearText() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    ServiceFailure refused =
        assertThrows(
            ServiceFailure.class, () -> ask(MessageTypes.MACHINE_REGISTERED, hello("other")));
    assertEquals(ErrorCode.SESSION_TAKEN, refused.code());
    assertTrue(
        refused.getMessage().startsWith("machine a has a live session already"),
        refused.getMessage());
  }

  @Test
  void anotherSessionMayFollowOneThatHasLeftOrFellSilent() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    a.disconnect().await();
    assertEquals(MachinePresence.OFFLINE, serverSimulation.machine("a").presence());
    ask(MessageTypes.MACHINE_REGISTERED, hello("second"));
    serverSimulation.pass(Duration.ofSeconds(35));
    ask(MessageTypes.MACHINE_REGISTERED, hello("third"));
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
  }

  @Test
  void theEndOfAnOlderSessionDoesNotAffectTheNewOne() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    ask(MessageTypes.MACHINE_GONE, new MachineGone("id-a", "older", "closed"));
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
    ask(MessageTypes.MACHINE_GONE, new MachineGone("id-a", a.session(), "closed"));
    assertEquals(MachinePresence.OFFLINE, serverSimulation.machine("a").presence());
  }

  @Test
  void attemptsLostWhileAMachineIsSuspendedDoNotCountAgainstIt() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, State.RUNNING);
    a.die();
    serverSimulation.pass(Duration.ofSeconds(35));
    serverSimulation.until(() -> serverSimulation.machine("a").failuresInRow() == 1);
    a.hello(134).await();
    assertEquals(List.of("was suspended for 134 s"), serverSimulation.machine("a").notices());
    serverSimulation.until(() -> serverSimulation.machine("a").failuresInRow() == 0);
    serverSimulation.until(
        () -> "suspended".equals(serverSimulation.task(e).attempts().get(0).reason()));
    serverSimulation.pass(Duration.ofMinutes(61));
    serverSimulation.until(() -> serverSimulation.machine("a").notices().isEmpty());
  }

  @Test
  void anAgentThatAsksForAnotherNameRenamesItsMachineUnlessTheNameIsTaken() {
    serverSimulation.agent("b", 1, Behavior.FINISH);
    serverSimulation.agent("a", 1, Behavior.FINISH).disconnect().await();
    ask(MessageTypes.MACHINE_REGISTERED, hello("s", "a", List.of("old")));
    ask(MessageTypes.MACHINE_REGISTERED, hello("s", "b", List.of("new")));
    assertEquals("a", serverSimulation.machine("a").name());
    assertEquals(List.of("new"), serverSimulation.machine("a").labels());
    String notice = "its agent asks for the name b, which another machine has";
    assertTrue(serverSimulation.machine("a").notices().get(0).startsWith(notice));
    ask(MessageTypes.MACHINE_REGISTERED, hello("s", "c", List.of("new")));
    assertEquals("c", serverSimulation.machine("a").name());
    assertEquals(List.of(), serverSimulation.machine("a").notices());
  }

  @ParameterizedTest
  @CsvSource({
    "-31000, its clock is 31 s behind the server's",
    "31000, its clock is 31 s ahead of the server's",
    "7200000, its clock is 7200 s ahead of the server's",
    "30000, ",
    "-30000, "
  })
  void aClockThatDiffersGetsANoticeUntilItIsRight(long millis, String notice) {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    a.beat(serverSimulation.clock.instant().plusMillis(millis).toEpochMilli()).await();
    List<String> expected = notice == null ? List.of() : List.of(notice);
    assertEquals(expected, serverSimulation.machine("a").notices());
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
    for (int beats = 0; beats < 2; beats++) {
      serverSimulation.clock.advance(Duration.ofSeconds(5));
      a.beat(serverSimulation.clock.instant().toEpochMilli()).await();
    }
    assertEquals(List.of(), serverSimulation.machine("a").notices());
  }

  @Test
  void aSilentMachineIsOfflineUntilItIsHeardAgain() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    a.die();
    serverSimulation.pass(Duration.ofSeconds(40));
    serverSimulation.until(
        () -> serverSimulation.machine("a").presence() == MachinePresence.OFFLINE);
    a.beat().await();
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
  }

  @Test
  void heartbeatsReportWhyAMachineTakesNoTasksUntilTheTroubleIsOver() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    a.troubled("disk low: 4 MB of 8 GB free").beat().await();
    assertEquals("disk low: 4 MB of 8 GB free", serverSimulation.machine("a").trouble());
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.GROUP));
    String reason = "no matching machine takes tasks: a takes none (disk low: 4 MB of 8 GB free)";
    serverSimulation.until(() -> !serverSimulation.tasks(e).isEmpty());
    serverSimulation.until(
        () -> {
          // reasons are updated as time passes
          serverSimulation.pass(Duration.ofSeconds(1));
          return reason.equals(serverSimulation.task(e).waitReason());
        });
    a.troubled(null).beat().await();
    assertEquals(null, serverSimulation.machine("a").trouble());
    serverSimulation.untilAll(e, FINISHED);
  }

  @Test
  void whileTheBrokerIsNotReachableNoMachineCountsAsSilent() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.broker().away(true);
    serverSimulation.sweeps();
    serverSimulation.clock.advance(Duration.ofMinutes(10));
    serverSimulation.sweeps();
    serverSimulation.broker().away(false);
    serverSimulation.sweeps();
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
    assertEquals(RUNNING, serverSimulation.task(e).state());
    a.die();
    serverSimulation.pass(Duration.ofSeconds(40));
    serverSimulation.until(
        () -> serverSimulation.machine("a").presence() == MachinePresence.OFFLINE);
  }

  @Test
  void theQueueOfADeletedMachineIsRemoved() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    a.die();
    long version = serverSimulation.stores.machines.get("id-a").await().version();
    DocumentWrite delete = new DocumentWrite.Delete(StoreCollections.MACHINES, "id-a", version);
    serverSimulation.stores.documents.apply(List.of(delete)).await();
    serverSimulation.edited("id-a");
    serverSimulation.until(
        () ->
            serverSimulation
                .broker()
                .publish(QueueNames.machine("id-a"), Buffer.buffer("x"))
                .map(false)
                .otherwise(true)
                .await());
  }

  @Test
  void afterARestartMachinesAreOfflineUntilTheyReport() {
    serverSimulation.agent("a", 1, Behavior.FINISH);
    serverSimulation.restart();
    assertEquals(MachinePresence.OFFLINE, serverSimulation.machine("a").presence());
    serverSimulation.agent("a", 1, Behavior.FINISH);
    assertEquals(MachinePresence.ONLINE, serverSimulation.machine("a").presence());
  }

  @Test
  @DisplayName("acked state is not left behind on the machine of an agent that forgot")
  void whatAnAgentForgotIsLostAndRunsAgain() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.until(() -> serverSimulation.execution(e).state() == RUNNING);
    a.beat().await(); // answered after registration has learned of the ack
    a.forget();
    a.will(run -> Behavior.FINISH);
    serverSimulation.clock.advance(Duration.ofSeconds(5));
    a.beat().await();
    assertEquals(1, serverSimulation.task(e).attempt());
    a.beat().await();
    serverSimulation.untilAll(e, FINISHED);
    Task task = serverSimulation.task(e);
    assertEquals(2, task.attempt());
    assertEquals("unknownToAgent", task.attempts().get(0).reason());
    Execution next = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(next, FINISHED);
  }

  @Test
  @DisplayName("an agent that runs what was given to another is told to stop")
  void anAgentThatComesBackWithALostAttemptIsToldToStop() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.HOLD);
    Execution e = serverSimulation.run(SchedulingFixtures.request(RunMode.MONO));
    serverSimulation.untilAll(e, RUNNING);
    serverSimulation.agent("b", 1, Behavior.FINISH);
    a.die();
    serverSimulation.pass(Duration.ofSeconds(40));
    serverSimulation.untilAll(e, FINISHED);
    a.hello().await();
    a.beat().await();
    serverSimulation.until(() -> a.cancels.stream().anyMatch(c -> c.stale()));
    serverSimulation.until(() -> a.running().isEmpty());
    assertEquals("id-b", serverSimulation.task(e).machineId());
  }

  @Test
  void anUnknownMachineOrTypeIsAnError() {
    MachineHeartbeat beat = new MachineHeartbeat("nobody", "s", 0, 0, 0, false, List.of(), null);
    assertEquals(ErrorCode.NOT_FOUND, failure(MessageTypes.MACHINE_HEARTBEAT, beat).code());
    assertEquals(ErrorCode.INVALID, failure("machine.sang", beat).code());
  }

  private ServiceFailure failure(String type, Object payload) {
    return assertThrows(ServiceFailure.class, () -> ask(type, payload));
  }

  private void ask(String type, Object payload) {
    MessageEnvelope envelope = MessageEnvelope.of(type, "test", payload);
    ReceivedEvent event =
        new ReceivedEvent(envelope.payload().tree().getString("machineId"), envelope);
    BusAdapter.ask(serverSimulation.vertx(), BusAddresses.REGISTRATION_RECEIVE, event, 5_000)
        .await();
  }

  private static MachineHello hello(String session) {
    return hello(session, "a", List.of());
  }

  private static MachineHello hello(String session, String name, List<String> labels) {
    return MachineHelloBuilder.builder()
        .machineId("id-a")
        .session(session)
        .name(name)
        .hostname("elsewhere")
        .ip("192.0.2.2")
        .facts(Map.of())
        .labels(labels)
        .slots(1)
        .agentVersion("1")
        .tasks(List.of())
        .build();
  }
}
