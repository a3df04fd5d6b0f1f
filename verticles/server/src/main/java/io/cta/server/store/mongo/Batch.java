package io.cta.server.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.cta.server.store.Write;
import io.cta.server.store.Write.Outcome;
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
import java.util.function.Supplier;

/**
 * Carries out a list of writes. The first write of every document goes out together, then the
 * second of every document, and so on; inserts of one collection share a request, the others go out
 * a few at a time.
 */
final class Batch {
  private static final int DUPLICATE_KEY = 11_000;
  private static final int LANES = 16;

  private final MongoClient client;
  private final List<Write> writes;
  private final Outcome[] outcomes;

  Batch(MongoClient client, List<Write> writes) {
    this.client = client;
    this.writes = writes;
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
      Write write = writes.get(i);
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
      if (writes.get(i) instanceof Write.Insert insert) {
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
      Write.Insert write = (Write.Insert) writes.get(i);
      operations.add(BulkOperation.createInsert(BodyForm.stored(write.id(), 1, write.body())));
      outcomes[i] = Outcome.DONE;
    }
    return client
        .bulkWriteWithOptions(collection, operations, new BulkWriteOptions().setOrdered(false))
        .<Void>mapEmpty()
        .recover(e -> inserted(all, e));
  }

  private Future<Void> inserted(List<Integer> all, Throwable e) {
    if (!(e instanceof MongoBulkWriteException bulk) || bulk.getWriteConcernError() != null) {
      return Future.failedFuture(e);
    }
    for (BulkWriteError error : bulk.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        return Future.failedFuture(e);
      }
      outcomes[all.get(error.getIndex())] = Outcome.DUPLICATE;
    }
    return Future.succeededFuture();
  }

  private Future<Void> change(int i) {
    Write write = writes.get(i);
    Future<Boolean> hit;
    if (write instanceof Write.Replace replace) {
      long version = replace.version();
      JsonObject next = BodyForm.stored(write.id(), version + 1, replace.body());
      hit =
          client
              .replaceDocuments(write.collection().name(), guard(write.id(), version), next)
              .map(result -> result.getDocMatched() == 1);
    } else {
      hit =
          client
              .removeDocument(
                  write.collection().name(), guard(write.id(), ((Write.Delete) write).version()))
              .map(result -> result.getRemovedCount() == 1);
    }
    return hit.map(done -> done ? Outcome.DONE : Outcome.STALE)
        .recover(
            e ->
                code(e) == DUPLICATE_KEY
                    ? Future.succeededFuture(Outcome.DUPLICATE)
                    : Future.failedFuture(e))
        .map(
            outcome -> {
              outcomes[i] = outcome;
              return null;
            });
  }

  private static JsonObject guard(String id, long version) {
    return new JsonObject().put(BodyForm.ID, id).put(BodyForm.VERSION, version);
  }

  private static int code(Throwable e) {
    if (e instanceof MongoWriteException write) {
      return write.getError().getCode();
    }
    return e instanceof MongoCommandException command ? command.getErrorCode() : 0;
  }
}
