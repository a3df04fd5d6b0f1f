package io.cta.server.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Carries out a list of writes. The first write of every document goes out together, then the
 * second of every document, and so on; inserts of one collection share a request, the others go out
 * a few at a time.
 */
final class MongoWriteBatch {
  private static final int DUPLICATE_KEY = 11_000;
  private static final int LANES = 16;

  private final MongoClient client;
  private final RetryExecutor retry;
  private final UnconfirmedWriteResolver origin;
  private final List<DocumentWrite> writes;
  private final long[] nonces;
  private final Outcome[] outcomes;

  MongoWriteBatch(MongoClient client, RetryExecutor retry, List<DocumentWrite> writes) {
    this.client = client;
    this.retry = retry;
    this.writes = writes;
    origin = new UnconfirmedWriteResolver(client);
    nonces = ThreadLocalRandom.current().longs(writes.size()).toArray();
    outcomes = new Outcome[writes.size()];
  }

  Future<List<Outcome>> run() {
    Future<Void> done = Future.succeededFuture();
    for (List<Integer> wave : waves()) {
      done = done.compose(v -> wave(wave));
    }
    return done.map(v -> Arrays.asList(outcomes));
  }

  private List<List<Integer>> waves() {
    Map<List<String>, Integer> before = new HashMap<>();
    List<List<Integer>> waves = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      DocumentWrite write = writes.get(i);
      int wave = before.merge(List.of(write.collection().name(), write.id()), 1, Integer::sum) - 1;
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(i);
    }
    return waves;
  }

  private Future<Void> wave(List<Integer> wave) {
    Map<String, List<Integer>> inserts = new LinkedHashMap<>();
    List<Supplier<Future<Void>>> requests = new ArrayList<>();
    for (int i : wave) {
      if (writes.get(i) instanceof DocumentWrite.Insert insert) {
        inserts.computeIfAbsent(insert.collection().name(), c -> new ArrayList<>()).add(i);
      } else {
        requests.add(() -> change(i));
      }
    }
    inserts.forEach((collection, all) -> requests.add(() -> insert(collection, all)));
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(LANES, requests.size()); lane++) {
      lanes.add(lane(requests, lane));
    }
    return Future.join(lanes).mapEmpty();
  }

  private static Future<Void> lane(List<Supplier<Future<Void>>> requests, int at) {
    return at >= requests.size()
        ? Future.succeededFuture()
        : requests.get(at).get().compose(v -> lane(requests, at + LANES));
  }

  private Future<Void> insert(String collection, List<Integer> all) {
    List<BulkOperation> operations = new ArrayList<>(all.size());
    for (int i : all) {
      DocumentWrite.Insert write = (DocumentWrite.Insert) writes.get(i);
      operations.add(BulkOperation.createInsert(stored(i, write.version(), write.body())));
    }
    return retry.of(again -> insert(collection, all, operations, again));
  }

  private Future<Void> insert(
      String collection, List<Integer> all, List<BulkOperation> operations, boolean again) {
    all.forEach(i -> outcomes[i] = Outcome.DONE);
    return client
        .bulkWriteWithOptions(collection, operations, new BulkWriteOptions().setOrdered(false))
        .<Void>mapEmpty()
        .recover(e -> inserted(all, e, again));
  }

  private Future<Void> inserted(List<Integer> all, Throwable e, boolean again) {
    if (!(e instanceof MongoBulkWriteException bulk) || bulk.getWriteConcernError() != null) {
      return Future.failedFuture(e);
    }
    Future<Void> told = Future.succeededFuture();
    for (BulkWriteError error : bulk.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        return Future.failedFuture(e);
      }
      int i = all.get(error.getIndex());
      outcomes[i] = Outcome.DUPLICATE;
      if (again) {
        told =
            told.compose(v -> fate(i, ((DocumentWrite.Insert) writes.get(i)).version())).mapEmpty();
      }
    }
    return told;
  }

  private Future<Void> change(int i) {
    DocumentWrite write = writes.get(i);
    return write instanceof DocumentWrite.Replace replace
        ? retry.of(again -> replace(i, replace, again))
        : retry.of(again -> delete(i, (DocumentWrite.Delete) write, again));
  }

  private Future<Void> replace(int i, DocumentWrite.Replace write, boolean again) {
    long next = write.version() + 1;
    JsonObject guard = ShardKey.aim(write.collection(), guard(write.id(), write.version()), write);
    return client
        .replaceDocuments(write.collection().name(), guard, stored(i, next, write.body()))
        .map(result -> result.getDocMatched() == 1 ? Outcome.DONE : Outcome.STALE)
        .recover(
            e ->
                code(e) == DUPLICATE_KEY
                    ? Future.succeededFuture(Outcome.DUPLICATE)
                    : Future.failedFuture(e))
        .compose(
            outcome -> {
              outcomes[i] = outcome;
              // DUPLICATE needs a matching version, so no earlier try can have been carried out
              return again && outcome == Outcome.STALE
                  ? fate(i, next)
                  : Future.succeededFuture(UnconfirmedWriteResolver.Resolution.OURS);
            })
        .compose(
            resolution ->
                resolution == UnconfirmedWriteResolver.Resolution.ABSENT
                    ? Future.failedFuture(
                        UnconfirmedWriteResolver.unknown(write.collection().name(), write.id()))
                    : Future.succeededFuture());
  }

  /**
   * A delete leaves no trace: after a lost answer, another writer may have deleted the document.
   */
  private Future<Void> delete(int i, DocumentWrite.Delete write, boolean again) {
    String collection = write.collection().name();
    return client
        .removeDocument(collection, guard(write.id(), write.version()))
        .compose(
            result -> {
              outcomes[i] = result.getRemovedCount() == 1 ? Outcome.DONE : Outcome.STALE;
              if (!again || outcomes[i] == Outcome.DONE) {
                return Future.succeededFuture();
              }
              JsonObject id = new JsonObject().put(MongoDocumentCodec.ID, write.id());
              return client
                  .count(collection, id)
                  .compose(
                      there ->
                          there > 0
                              ? Future.succeededFuture()
                              : Future.failedFuture(
                                  UnconfirmedWriteResolver.unknown(collection, write.id())));
            });
  }

  /** Corrects the outcome of a write that lost, perhaps against its own earlier try. */
  private Future<UnconfirmedWriteResolver.Resolution> fate(int i, long version) {
    DocumentWrite write = writes.get(i);
    return origin
        .of(write.collection().name(), write.id(), version, nonces[i])
        .onSuccess(
            resolution -> {
              if (resolution == UnconfirmedWriteResolver.Resolution.OURS) {
                outcomes[i] = Outcome.DONE;
              }
            });
  }

  private JsonObject stored(int i, long version, JsonObject body) {
    return MongoDocumentCodec.stored(writes.get(i).id(), version, nonces[i], body);
  }

  private static JsonObject guard(String id, long version) {
    return new JsonObject().put(MongoDocumentCodec.ID, id).put(MongoDocumentCodec.VERSION, version);
  }

  private static int code(Throwable e) {
    if (e instanceof MongoWriteException write) {
      return write.getError().getCode();
    }
    return e instanceof MongoCommandException command ? command.getErrorCode() : 0;
  }
}
