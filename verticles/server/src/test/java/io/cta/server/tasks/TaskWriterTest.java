package io.cta.server.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.TaskChanged;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.state.TaskFact;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final StoreRepositories stores = new StoreRepositories(store);
  private final TaskWriter writer = new TaskWriter(vertx, stores);
  private final List<TaskChanged> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    BusCodecs.register(vertx);
    BusAdapter.<TaskChanged>hear(vertx, BusAddresses.TASK_CHANGED, heard::add);
    writer.create(List.of(task(0), task(1))).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aChangeIsStoredThenAnnounced() {
    TransitionOutcome step = writer.apply("E-0", released("t1")).await();
    assertInstanceOf(TransitionOutcome.Moved.class, step);
    assertEquals("t1", stores.tasks.get("E-0").await().value().token());
    until(3);
    assertEquals(2, heard.get(2).version());
    assertEquals("t1", heard.get(2).task().token());
  }

  @Test
  void existingTasksAreNotCreatedAgain() {
    writer.apply("E-0", released("t1")).await();
    writer.create(List.of(task(0), task(1), task(2))).await();
    assertEquals(1, stores.tasks.get("E-0").await().value().attempt());
    until(4);
    assertEquals("E-2", heard.get(3).task().id());
  }

  @Test
  void severalFactsTakeOneWrite() {
    List<TransitionOutcome> steps =
        writer
            .apply(
                "E-0",
                List.of(
                    released("t1"),
                    new TaskFact.Acked(1, "t0", "m1", NOW),
                    new TaskFact.Acked(1, "t1", "m1", NOW),
                    new TaskFact.Acked(1, "t1", "m1", NOW)))
            .await();
    assertInstanceOf(TransitionOutcome.Moved.class, steps.get(0));
    assertInstanceOf(TransitionOutcome.Refused.class, steps.get(1));
    assertInstanceOf(TransitionOutcome.Moved.class, steps.get(2));
    assertInstanceOf(TransitionOutcome.Ignored.class, steps.get(3));
    assertEquals(2, stores.tasks.get("E-0").await().version());
    assertEquals(State.ACKED, stores.tasks.get("E-0").await().value().state());
  }

  @Test
  void ofManyConcurrentReleasesExactlyOneSucceeds() {
    List<Future<TransitionOutcome>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TaskFact fact = released("t" + i);
      Promise<TransitionOutcome> done = Promise.promise();
      // each on its own event loop, as in several verticles
      vertx
          .deployVerticle(context -> writer.apply("E-0", fact).onComplete(done))
          .onFailure(done::tryFail);
      all.add(done.future());
    }
    Future.all(all).await();
    assertEquals(
        1, all.stream().filter(f -> f.result() instanceof TransitionOutcome.Moved).count());
    assertEquals(2, stores.tasks.get("E-0").await().version());
  }

  @Test
  void noChangeIsLostInConcurrentWrites() {
    List<Future<TransitionOutcome>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(writer.apply("E-0", new TaskFact.Waiting("reason " + i, NOW)));
    }
    Future.all(all).await();
    assertEquals(21, stores.tasks.get("E-0").await().version());
  }

  @Test
  void theStoreIsReadBeforeAFactIsRefused() {
    TaskWriter otherNode = new TaskWriter(vertx, stores);
    otherNode.apply("E-0", released("t1")).await();
    TransitionOutcome acked = writer.apply("E-0", new TaskFact.Acked(1, "t1", "m1", NOW)).await();
    assertInstanceOf(TransitionOutcome.Moved.class, acked);
  }

  @Test
  void aKnownTaskIsNotReadAgain() {
    writer.apply("E-0", released("t1")).await();
    writer.apply("E-0", new TaskFact.Acked(1, "t1", "m1", NOW)).await();
    assertEquals(0, store.reads(StoreCollections.TASKS));
  }

  @Test
  void anUnknownTaskIsNotFound() {
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> writer.apply("X-9", released("t")).await());
    assertEquals(ErrorCode.NOT_FOUND, refused.code());
  }

  @Test
  void latestTasksStayWithinTheirSize() {
    LatestTasks latest = new LatestTasks(4);
    for (int i = 0; i < 100; i++) {
      latest.put(new io.cta.server.store.VersionedEntity<>(task(i), 1));
    }
    long kept =
        java.util.stream.IntStream.range(0, 100)
            .filter(i -> latest.get(Task.id("E", i)) != null)
            .count();
    assertTrue(kept >= 1 && kept <= 4, "kept " + kept);
  }

  private void until(int announcements) {
    while (heard.size() < announcements) {
      Promise<Void> soon = Promise.promise();
      vertx.setTimer(2, t -> soon.complete());
      soon.future().await();
    }
    assertEquals(announcements, heard.size());
  }

  private static TaskFact released(String token) {
    return new TaskFact.Released(token, "m1", NOW);
  }

  static Task task(int n) {
    return TaskBuilder.builder()
        .id(Task.id("E", n))
        .executionId("E")
        .ordinal(n)
        .mode(RunMode.MONO)
        .testIds(List.of("a"))
        .state(State.PENDING)
        .createdAt(NOW)
        .deadline(NOW)
        .build();
  }
}
