package io.cta.server.store.mongo;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Carries out all writes or none, without transactions. The compare-and-set that advances the
 * revision also puts the writes into the revision's document: from then on they are decided. Then
 * they are carried out, and then removed from that document. Whoever finds writes there waits until
 * they are done, and does them itself when that takes too long: several servers may do each step at
 * once.
 */
final class JointWriteExecutor {
  private static final String PENDING = "pending";
  private static final long LOOK_AGAIN_MILLIS = 50;

  /** How often to look before taking over: together three seconds. */
  static final int LOOKS = 60;

  private static final int MAX_BYTES = 14 * 1024 * 1024;

  private static final FindOptions BATCHES = new FindOptions().setBatchSize(10);

  private final Vertx vertx;
  private final MongoClient client;
  private final RetryExecutor retry;
  private final Function<String, CollectionSpec> specs;
  private final int looks;

  /**
   * @param specs a collection by its name
   * @param looks how often to look at a revision that is not carried out, before that is done here
   */
  JointWriteExecutor(
      Vertx vertx,
      MongoClient client,
      RetryExecutor retry,
      Function<String, CollectionSpec> specs,
      int looks) {
    this.looks = looks;
    this.vertx = vertx;
    this.client = client;
    this.retry = retry;
    this.specs = specs;
  }

  /** The revision, once all decided writes are carried out. */
  Future<Long> revision(String scope) {
    return revision(scope, 0, looks);
  }

  private Future<Long> revision(String scope, long seen, int left) {
    return document(scope)
        .compose(
            found -> {
              if (found == null) {
                return Future.succeededFuture(0L);
              }
              JsonArray pending = found.body().getJsonArray(PENDING);
              if (pending == null) {
                return Future.succeededFuture(found.version());
              }
              int more = found.version() == seen ? left - 1 : looks;
              return more > 0
                  ? vertx
                      .timer(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                      .compose(v -> revision(scope, found.version(), more))
                  : finish(scope, found.version(), pending).compose(v -> revision(scope, 0, looks));
            });
  }

  /** Carries out decided writes that other servers left behind. */
  Future<Void> finishAll() {
    JsonObject left = new JsonObject().put(PENDING, new JsonObject().put("$exists", true));
    return retry
        .of(
            again ->
                MongoResults.all(
                    client.findBatchWithOptions(ScopeRevisions.SPEC.name(), left, BATCHES)))
        .compose(
            found ->
                Future.join(
                    found.stream()
                        .map(MongoDocumentCodec::document)
                        .map(document -> revision(document.id()))
                        .toList()))
        .mapEmpty();
  }

  Future<List<Outcome>> run(String scope, long revision, List<DocumentWrite> writes) {
    return new WriteCheck(client, retry)
        .of(writes)
        .compose(
            checked ->
                ScopeRevisions.allDone(checked.outcomes())
                    ? decide(scope, revision, checked)
                    : Future.succeededFuture(checked.outcomes()));
  }

  private Future<List<Outcome>> decide(String scope, long revision, WriteCheck.Checked checked) {
    List<JointWrite> joint = checked.writes();
    JsonArray pending = new JsonArray();
    joint.forEach(write -> pending.add(write.toJson()));
    if (pending.encode().length() > MAX_BYTES) {
      throw new ServiceFailure(
          ErrorCode.TOO_LARGE, "documents are more than can be changed together, do it in parts");
    }
    JsonObject body = new JsonObject().put(PENDING, pending);
    return one(ScopeRevisions.counted(scope, revision, body))
        .compose(
            decided ->
                decided == Outcome.DONE
                    ? carryOut(scope, revision + 1, joint).map(checked.outcomes())
                    : Future.succeededFuture(ScopeRevisions.moved(joint.size())));
  }

  /**
   * By the server that decided: all at once, because only writers outside the scope can interfere.
   */
  private Future<Void> carryOut(String scope, long revision, List<JointWrite> joint) {
    return new MongoWriteBatch(client, retry, joint.stream().map(JointWrite::write).toList())
        .run()
        .compose(
            outcomes -> {
              Future<Void> done = Future.succeededFuture();
              for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) != Outcome.DONE) {
                  JointWrite crossed = joint.get(i);
                  done = done.compose(v -> bring(scope, revision, crossed));
                }
              }
              return done;
            })
        .compose(v -> over(scope, revision));
  }

  /** By another server: one after the other, because any of them may be done already. */
  private Future<Void> finish(String scope, long revision, JsonArray pending) {
    Future<Void> done = Future.succeededFuture();
    for (Object item : pending) {
      JointWrite write = JointWrite.of((JsonObject) item, specs);
      done = done.compose(v -> bring(scope, revision, write));
    }
    return done.compose(v -> over(scope, revision));
  }

  /** Repeats until the document is as it was decided, or the revision has moved on. */
  private Future<Void> bring(String scope, long revision, JointWrite write) {
    return document(scope)
        .compose(
            found ->
                found == null || found.version() != revision
                    ? Future.succeededFuture()
                    : read(write.collection().name(), write.id())
                        .compose(
                            stored ->
                                write
                                    .next(stored)
                                    .map(next -> settle(scope, revision, write, next))
                                    .orElseGet(Future::succeededFuture)));
  }

  private Future<Void> settle(String scope, long revision, JointWrite write, DocumentWrite next) {
    return one(next)
        .compose(
            outcome ->
                outcome == Outcome.STALE
                    ? bring(scope, revision, write)
                    : Future.succeededFuture());
  }

  /**
   * Removes the writes from the revision's document; loses without harm when another server has
   * done so.
   */
  private Future<Void> over(String scope, long revision) {
    return one(new DocumentWrite.Replace(ScopeRevisions.SPEC, scope, revision, new JsonObject()))
        .mapEmpty();
  }

  private Future<Outcome> one(DocumentWrite write) {
    return new MongoWriteBatch(client, retry, List.of(write))
        .run()
        .map(outcomes -> outcomes.get(0));
  }

  private Future<StoredDocument> document(String scope) {
    return read(ScopeRevisions.SPEC.name(), scope);
  }

  private Future<StoredDocument> read(String collection, String id) {
    JsonObject wanted = new JsonObject().put(MongoDocumentCodec.ID, id);
    return retry
        .of(again -> client.findOne(collection, wanted, null))
        .map(found -> found == null ? null : MongoDocumentCodec.document(found));
  }
}
