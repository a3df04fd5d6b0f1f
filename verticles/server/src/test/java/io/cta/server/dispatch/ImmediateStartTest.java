package io.cta.server.dispatch;

import static io.cta.domain.State.FINISHED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.IdGenerator;
import io.cta.domain.RunMode;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.dispatch.scheduling.SchedulingFixtures.ExecutionRequest;
import io.cta.server.executions.ExecutionStart;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An execution is stored with its tasks, released where there is a free slot. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ImmediateStartTest {
  private final ServerSimulation simulation = new ServerSimulation();
  private final MemoryStore store = (MemoryStore) simulation.stores.documents;
  private final List<DocumentWrite> writes = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    simulation.close();
  }

  @Test
  void theFirstWriteOfATaskReleasesItToAFreeMachine() {
    simulation.agent("a", 1, Behavior.HOLD);
    record();
    Execution e = simulation.run(mono());
    assertTrue(e.planned());
    assertEquals(1, e.taskCount());
    JsonObject first = first(StoreCollections.TASKS);
    assertEquals("id-a", first.getString("machineId"));
    assertEquals(1, first.getInteger("attempt"));
    assertEquals(simulation.task(e).token(), first.getString("token"));
  }

  @Test
  void withoutAFreeSlotItWaitsAndIsReleasedLater() {
    record();
    Execution e = simulation.run(mono());
    assertNull(first(StoreCollections.TASKS).getString("machineId"));
    simulation.agent("a", 1, Behavior.FINISH);
    simulation.untilAll(e, FINISHED);
  }

  @Test
  void ofTwoThatWaitTheOlderOneGetsTheSlot() {
    Execution older = simulation.run(mono());
    simulation.agent("a", 1, Behavior.FINISH);
    Execution younger = simulation.run(mono());
    simulation.untilAll(older, FINISHED);
    simulation.untilAll(younger, FINISHED);
  }

  @Test
  void aTakenReservationCreatesNothingAndKeepsNoSlot() {
    simulation.agent("a", 1, Behavior.FINISH);
    DocumentWrite key =
        new DocumentWrite.Insert(
            StoreCollections.IDEMPOTENCY, "key", new JsonObject().put("at", "2026"));
    assertFalse(simulation.start(mono(), key).reservationTaken());
    String second = IdGenerator.next();
    ExecutionStart.Reply refused = simulation.start(mono().id(second), key);
    assertTrue(refused.reservationTaken());
    assertNull(refused.execution());
    assertTrue(simulation.stores.executions.find(second).await().isEmpty());
    simulation.untilAll(simulation.run(mono()), FINISHED);
  }

  @Test
  void aStartThatTheStoreRefusesKeepsNoSlot() {
    simulation.agent("a", 1, Behavior.FINISH);
    AtomicBoolean refuse = new AtomicBoolean(true);
    store.beforeWrites(
        all -> {
          if (refuse.get() && all.get(0).collection().equals(StoreCollections.EXECUTION_SPECS)) {
            throw new ServiceFailure(ErrorCode.UNAVAILABLE, "full");
          }
          return all;
        });
    assertEquals(
        ErrorCode.UNAVAILABLE,
        assertThrows(ServiceFailure.class, () -> simulation.run(mono())).code());
    refuse.set(false);
    simulation.untilAll(simulation.run(mono()), FINISHED);
  }

  @Test
  void theSameStartTwiceIsOneExecution() {
    simulation.agent("a", 1, Behavior.FINISH);
    ExecutionRequest once = mono();
    Execution e = simulation.run(once);
    assertEquals(e.id(), simulation.run(once).id());
    simulation.untilAll(e, FINISHED);
    assertEquals(1, simulation.tasks(e).size());
    simulation.untilAll(simulation.run(mono()), FINISHED);
  }

  @Test
  void anExecutionOfVeryManyTasksIsPlannedAfterItIsStored() {
    Execution e = simulation.run(SchedulingFixtures.request(RunMode.PARALLEL).tests(501));
    assertFalse(e.planned());
    simulation.until(() -> simulation.tasks(e).size() == 501);
  }

  @Test
  void oneThatIsInTheStoreAlreadyIsPlannedToo() {
    simulation.agent("a", 1, Behavior.FINISH);
    simulation.untilAll(simulation.plan(mono()), FINISHED);
  }

  private static ExecutionRequest mono() {
    return SchedulingFixtures.request(RunMode.MONO);
  }

  private void record() {
    store.beforeWrites(
        all -> {
          writes.addAll(all);
          return all;
        });
  }

  private JsonObject first(CollectionSpec collection) {
    return writes.stream()
        .filter(write -> write.collection().equals(collection))
        .map(write -> ((DocumentWrite.Insert) write).body())
        .findFirst()
        .orElseThrow();
  }
}
