package io.cta.server.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.artifacts.ArtifactSettings;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-06-30T00:00:00Z");
  private static final RetentionPolicy MONTH = new RetentionPolicy(Duration.ofDays(30), 1_000);

  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private ArtifactServices artifacts;
  private final List<String> queues = new ArrayList<>();
  private Function<String, Future<Void>> queue =
      id -> {
        queues.add(id);
        return Future.succeededFuture();
      };

  @BeforeEach
  void artifacts(@TempDir Path dir) {
    artifacts =
        ArtifactServices.inDirectory(
            vertx,
            new StoreRepositories(store),
            new ArtifactSettings(dir, null, 1024, 4096, 10, Duration.ofMinutes(1)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void anExecutionThatEndedTooLongAgoIsRemovedWithAllItsParts() throws Exception {
    execution("old", "finished", 31, false);
    execution("young", "timeout", 29, false);
    parts("old", ExecutionRemover.SLICE * 2 + 1);
    parts("young", 3);
    assertEquals(1, sweep(MONTH));
    assertEquals("young", left());
    assertEquals(List.of("old"), queues);
    for (CollectionSpec part :
        List.of(StoreCollections.STATUSES, StoreCollections.LOGS, StoreCollections.TASKS)) {
      assertEquals(0, count(part, DocumentFilter.eq("executionId", "old")), part.name());
      assertEquals(3, count(part, DocumentFilter.eq("executionId", "young")), part.name());
    }
  }

  @Test
  void pinnedAndUnfinishedExecutionsStayHoweverOld() throws Exception {
    execution("pinned", "finished", 400, true);
    execution("running", "running", -1, false);
    execution("gone", "cancelled", 400, false);
    assertEquals(1, sweep(new RetentionPolicy(Duration.ofDays(30), 1)));
    assertEquals("pinned running", left());
  }

  @Test
  void anExecutionWhoseHandlersAreToBeCarriedOutStays() throws Exception {
    execution("due", "finished", 31, false);
    JsonObject body =
        await(store.get(StoreCollections.EXECUTIONS, "due")).orElseThrow().body().copy();
    body.put("afterDue", body.getValue("finishedAt"));
    apply(List.of(new DocumentWrite.Replace(StoreCollections.EXECUTIONS, "due", 1, body)));
    assertEquals(0, sweep(MONTH));
    assertEquals("due", left());
  }

  @Test
  void deliveriesGoWithTheirExecutionButThoseThatAreStillTriedStay() throws Exception {
    execution("old", "finished", 31, false);
    for (String state : List.of("delivered", "failed", "waiting")) {
      String id = "old-0-" + state;
      JsonObject body =
          new JsonObject().put("id", id).put("executionId", "old").put("state", state);
      apply(List.of(new DocumentWrite.Insert(StoreCollections.DELIVERIES, id, body)));
    }
    assertEquals(1, sweep(MONTH));
    assertEquals("", left());
    assertEquals(1, count(StoreCollections.DELIVERIES, DocumentFilter.ALL));
    assertEquals(1, count(StoreCollections.DELIVERIES, DocumentFilter.eq("state", "waiting")));
  }

  @Test
  void whenThereAreTooManyTheOldestAreRemoved() throws Exception {
    for (int i = 0; i < 120; i++) {
      execution("e%03d".formatted(i), "finished", 20 - i % 10, false);
    }
    execution("pinned", "finished", 25, true);
    assertEquals(117, sweep(new RetentionPolicy(Duration.ofDays(30), 3)));
    assertEquals("e099 e109 e119 pinned", left());
    assertEquals(0, sweep(new RetentionPolicy(Duration.ofDays(30), 3)));
  }

  @Test
  void anExecutionPinnedDuringTheSweepStays() throws Exception {
    execution("old", "finished", 31, false);
    parts("old", 1);
    var found =
        await(store.find(DocumentQuery.of(StoreCollections.EXECUTIONS, DocumentFilter.ALL, 1)))
            .items()
            .get(0);
    JsonObject pinned = found.body().copy().put("pinned", true);
    apply(List.of(new DocumentWrite.Replace(StoreCollections.EXECUTIONS, "old", 1, pinned)));
    assertEquals(
        false, await(new ExecutionRemover(store, artifacts.remover(), queue).remove(found)));
    assertEquals(1, count(StoreCollections.STATUSES, DocumentFilter.ALL));
  }

  @Test
  void aRemovalThatWasCutOffIsFinishedByTheNextSweep() throws Exception {
    execution("old", "finished", 31, false);
    parts("old", 5);
    store.beforeWrites(
        writes -> {
          if (writes.get(0).collection().equals(StoreCollections.TASKS)) {
            throw new IllegalStateException("cut off");
          }
          return writes;
        });
    assertTrue(sweeping(MONTH).otherwise(-1).await(5, TimeUnit.SECONDS) == -1);
    assertEquals("old", left());
    store.beforeWrites(writes -> writes);
    assertEquals(1, sweep(MONTH));
    assertEquals(0, count(StoreCollections.TASKS, DocumentFilter.ALL));
  }

  @Test
  void anExecutionWhoseQueueCannotBeRemovedStaysForTheNextSweep() throws Exception {
    execution("old", "finished", 31, false);
    Function<String, Future<Void>> working = queue;
    queue = id -> Future.failedFuture("the broker is away");
    assertTrue(sweeping(MONTH).otherwise(-1).await(5, TimeUnit.SECONDS) == -1);
    assertEquals("old", left());
    queue = working;
    assertEquals(1, sweep(MONTH));
    assertEquals(List.of("old"), queues);
  }

  @Test
  void theVerticleSweepsRepeatedly() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    await(
        vertx.deployVerticle(
            new RetentionVerticle(store, MONTH, artifacts, queue, Duration.ofMillis(20), clock)));
    for (String id : List.of("first", "second")) {
      execution(id, "finished", 31, false);
      Promise<Void> gone = Promise.promise();
      vertx.setPeriodic(
          10,
          timer ->
              store
                  .count(StoreCollections.EXECUTIONS, DocumentFilter.ALL)
                  .onSuccess(
                      n -> {
                        if (n == 0) gone.tryComplete();
                      }));
      await(gone.future());
    }
  }

  private Future<Integer> sweeping(RetentionPolicy policy) {
    return new RetentionSweep(store, policy, artifacts.remover(), queue).run(NOW);
  }

  private int sweep(RetentionPolicy policy) throws Exception {
    return await(sweeping(policy));
  }

  private String left() throws Exception {
    return String.join(
        " ",
        await(store.find(DocumentQuery.of(StoreCollections.EXECUTIONS, DocumentFilter.ALL, 1_000)))
            .items()
            .stream()
            .map(d -> d.id())
            .toList());
  }

  private long count(CollectionSpec part, DocumentFilter filter) throws Exception {
    return await(store.count(part, filter));
  }

  private void execution(String id, String state, int days, boolean pinned) throws Exception {
    JsonObject body = new JsonObject().put("id", id).put("state", state).put("pinned", pinned);
    if (days >= 0) {
      body.put("finishedAt", NOW.minus(Duration.ofDays(days)).toString().replace("Z", ".000Z"));
    }
    apply(List.of(new DocumentWrite.Insert(StoreCollections.EXECUTIONS, id, body)));
  }

  private void parts(String execution, int each) throws Exception {
    List<DocumentWrite> writes = new ArrayList<>();
    for (CollectionSpec part :
        List.of(StoreCollections.STATUSES, StoreCollections.LOGS, StoreCollections.TASKS)) {
      for (int i = 0; i < each; i++) {
        String id = execution + "-" + i;
        JsonObject body = new JsonObject().put("id", id).put("executionId", execution);
        writes.add(new DocumentWrite.Insert(part, id, body));
      }
    }
    apply(writes);
  }

  private void apply(List<DocumentWrite> writes) throws Exception {
    await(store.apply(writes));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }
}
