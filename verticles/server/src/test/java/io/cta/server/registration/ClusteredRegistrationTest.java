package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.broker.ConditionPoller;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.EventOrigin;
import io.cta.bus.MachineHeard;
import io.cta.bus.ReceivedEvent;
import io.cta.bus.TaskChanged;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.dispatch.scheduling.PlannedTasks;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.sim.TestClock;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.tasks.TaskWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registration on one of several nodes; the test sends the messages of the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClusteredRegistrationTest {
  private static final RegistrationSettings SETTINGS =
      new RegistrationSettings(
          Duration.ofSeconds(30), Duration.ofMillis(10), Duration.ZERO, Duration.ofMinutes(1));

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock();
  private final StoreRepositories stores = new StoreRepositories(new MemoryStore(vertx));
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<MachineHeard> announced = new CopyOnWriteArrayList<>();
  private final Machine machine = SchedulingFixtures.machine("a", true, 1);
  private final Machine unheard = SchedulingFixtures.machine("b", true, 1);

  @BeforeEach
  void start() {
    BusCodecs.register(vertx);
    stores.documents.prepare(StoreCollections.ALL).await();
    stores.machines.insert(machine.id(), machine).await();
    stores.machines.insert(unheard.id(), unheard).await();
    BusAdapter.<String>hearFrom(
        vertx,
        BusAddresses.MACHINE_MISSED,
        (id, origin) -> {
          if (origin == EventOrigin.HERE) {
            asked.add(id);
          }
        });
    BusAdapter.<MachineHeard>hearFrom(
        vertx,
        BusAddresses.MACHINE_HEARD,
        (heard, origin) -> {
          if (origin == EventOrigin.HERE) {
            announced.add(heard);
          }
        });
    vertx
        .deployVerticle(
            new RegistrationVerticle(
                stores,
                new TaskWriter(vertx, stores),
                new EmbeddedBroker(vertx, Clock.systemUTC()),
                clock.time(),
                SETTINGS,
                new ClusterNode("n1", Duration.ofSeconds(2))))
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aNodeThatStartsMarksNoMachineOffline() {
    assertEquals(1, stores.machines.get(machine.id()).await().version());
    assertEquals(MachinePresence.ONLINE, presence(machine));
  }

  @Test
  void aMachineThatAnotherNodeHearsIsNotGivenUp() {
    clock.advance(Duration.ofSeconds(31));
    ConditionPoller.holds("the fact is known", () -> asked.contains(machine.id()));
    heardElsewhere("s1", 1_000);
    clock.advance(Duration.ofSeconds(3));
    ConditionPoller.holds("the fact is known", () -> presence(unheard) == MachinePresence.OFFLINE);
    assertEquals(MachinePresence.ONLINE, presence(machine));
  }

  @Test
  void aMachineThatNobodyHearsIsOfflineOnceTheOthersHadTimeToAnswer() {
    clock.advance(Duration.ofSeconds(31));
    ConditionPoller.holds(
        "the fact is known", () -> asked.containsAll(List.of(machine.id(), unheard.id())));
    assertEquals(MachinePresence.ONLINE, presence(machine));
    clock.advance(Duration.ofSeconds(3));
    ConditionPoller.holds("the fact is known", () -> presence(machine) == MachinePresence.OFFLINE);
  }

  @Test
  void aNodeThatHearsAMachineTellsTheOthersAndAnswersWhenAsked() {
    beat("s1").await();
    ConditionPoller.holds("the fact is known", () -> announced.size() == 1);
    assertEquals("s1", announced.get(0).session());
    clock.advance(Duration.ofSeconds(5));
    BusAdapter.passOn(vertx, BusAddresses.MACHINE_MISSED, machine.id(), EventOrigin.ELSEWHERE);
    ConditionPoller.holds("the fact is known", () -> announced.size() == 2);
    assertEquals(5_000, announced.get(1).agoMillis());
  }

  @Test
  void aSessionThatIsAliveAtAnotherNodeKeepsASecondOneOut() {
    heardElsewhere("s1", 0);
    ServiceFailure refused = assertThrows(ServiceFailure.class, () -> beat("s2").await());
    assertEquals(ErrorCode.SESSION_TAKEN, refused.code());
    heardElsewhere(null, 0);
    beat("s2").await();
  }

  @Test
  void aFailureOnAMachineIsCountedOnlyByTheNodeThatWroteIt() {
    Task running = running();
    Task broken = running.edit().end(State.FINISHED, true).done();
    BusAdapter.passOn(
        vertx, BusAddresses.TASK_CHANGED, new TaskChanged(running, 1), EventOrigin.ELSEWHERE);
    BusAdapter.passOn(
        vertx, BusAddresses.TASK_CHANGED, new TaskChanged(broken, 2), EventOrigin.ELSEWHERE);
    beat("s1").await(); // both changes are handled before it is answered
    assertEquals(0, stores.machines.get(machine.id()).await().value().failuresInRow());
  }

  private Task running() {
    return PlannedTasks.waiting("e", RunMode.MONO)
        .edit()
        .attempt(1, "t")
        .machineId(machine.id())
        .state(State.RUNNING)
        .done();
  }

  private void heardElsewhere(String session, long ago) {
    MachineHeard heard = new MachineHeard(machine.id(), session, ago, 0.5, 1_000, false);
    BusAdapter.passOn(vertx, BusAddresses.MACHINE_HEARD, heard, EventOrigin.ELSEWHERE);
  }

  private Future<Object> beat(String session) {
    MachineHeartbeat beat =
        new MachineHeartbeat(machine.id(), session, 0.5, 1_000, 0, false, List.of(), null);
    return BusAdapter.ask(
        vertx,
        BusAddresses.REGISTRATION_RECEIVE,
        new ReceivedEvent(
            machine.id(), MessageEnvelope.of(MessageTypes.MACHINE_HEARTBEAT, "test", beat)),
        5_000);
  }

  private MachinePresence presence(Machine of) {
    return stores.machines.get(of.id()).await().value().presence();
  }
}
