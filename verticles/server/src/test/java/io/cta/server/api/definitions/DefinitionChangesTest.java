package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.ApiServer;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DefinitionChangesTest {
  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final DefinitionChanges changes = new DefinitionChanges(vertx, store, 3, 20_000);
  private final DefinitionChanges others = new DefinitionChanges(vertx, store);

  @AfterEach
  void stop() {
    ApiServer.wait(vertx.close());
  }

  private static DocumentWrite group(String name) {
    return new DocumentWrite.Insert(
        StoreCollections.GROUPS, name, new JsonObject().put("name", name));
  }

  /** Another server writes first. */
  private Future<DocumentWrite.Outcome> writtenByOthers(String name) {
    return others.decide(revision -> revision.write(group(name)));
  }

  @Test
  void aDecisionIsRepeatedAfterAConflictingWrite() {
    List<String> reads = new CopyOnWriteArrayList<>();
    ApiServer.wait(
        changes.decide(
            revision -> {
              reads.add("read");
              Future<?> before =
                  reads.size() < 3
                      ? writtenByOthers("other" + reads.size())
                      : Future.succeededFuture();
              return before.compose(done -> revision.write(group("mine")));
            }));
    assertEquals(3, reads.size());
    assertTrue(ApiServer.wait(store.get(StoreCollections.GROUPS, "mine")).isPresent());
  }

  @Test
  void aDecisionThatAlwaysConflictsFailsAndChangesNothing() {
    List<String> reads = new CopyOnWriteArrayList<>();
    Future<DocumentWrite.Outcome> never =
        changes.decide(
            revision -> {
              reads.add("read");
              return writtenByOthers("other" + reads.size())
                  .compose(done -> revision.write(group("mine")));
            });
    ServiceFailure told = assertThrows(ServiceFailure.class, () -> ApiServer.wait(never));
    assertEquals(ErrorCode.CONFLICT, told.code());
    assertEquals(3, reads.size());
    assertTrue(ApiServer.wait(store.get(StoreCollections.GROUPS, "mine")).isEmpty());
  }

  @Test
  void theRevisionIsCheckedEvenIfNothingIsWritten() {
    List<String> reads = new CopyOnWriteArrayList<>();
    ApiServer.wait(
        changes.decide(
            revision -> {
              reads.add("read");
              Future<?> before =
                  reads.size() == 1 ? writtenByOthers("other") : Future.succeededFuture();
              return before.compose(done -> revision.write(List.of()));
            }));
    assertEquals(2, reads.size());
  }

  @Test
  void aDecisionWhoseTurnComesTooLateIsSkipped() {
    DefinitionChanges hasty = new DefinitionChanges(vertx, store, 3, 20);
    Promise<Void> first = Promise.promise();
    Future<Void> begun = hasty.decide(revision -> first.future());
    Future<Void> late = hasty.decide(revision -> Future.failedFuture("not to be decided"));
    ServiceFailure told = assertThrows(ServiceFailure.class, () -> ApiServer.wait(late));
    assertEquals(ErrorCode.UNAVAILABLE, told.code());
    first.complete();
    ApiServer.wait(begun);
    assertEquals(
        DocumentWrite.Outcome.DONE, ApiServer.wait(hasty.decide(r -> r.write(group("next")))));
  }

  @Test
  void decisionsOfOneServerTakeTurnsAndAFailureEndsTheTurn() {
    List<String> order = new CopyOnWriteArrayList<>();
    Promise<Void> first = Promise.promise();
    List<Future<Void>> all = new ArrayList<>();
    all.add(
        changes.decide(
            revision -> {
              order.add("first");
              return first.future();
            }));
    all.add(
        changes.decide(
            revision -> {
              order.add("second");
              return Future.failedFuture(ServiceFailure.invalid("name", "is wrong"));
            }));
    all.add(
        changes.decide(
            revision -> {
              order.add("third");
              return Future.succeededFuture();
            }));
    first.complete();
    ApiServer.wait(Future.join(all).otherwiseEmpty());
    assertEquals(List.of("first", "second", "third"), order);
  }
}
