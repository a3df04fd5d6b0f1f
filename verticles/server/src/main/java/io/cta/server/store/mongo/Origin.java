package io.cta.server.store.mongo;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

/**
 * Tells whether a write whose answer was lost was carried out: every write leaves a number of its
 * own in the document. Looked for by an update that changes nothing, because an update, unlike a
 * read, waits until what it found is in the journals of the majority.
 */
final class Origin {
  private static final JsonObject MARKS =
      new JsonObject().put(BodyForm.VERSION, 1).put(BodyForm.NONCE, 1);

  private final MongoClient client;

  /** What became of a write whose answer was lost. */
  enum Fate {
    /** It was carried out. */
    OURS,
    /** Somebody else's came first. */
    THEIRS,
    /** There is no such document. */
    ABSENT
  }

  Origin(MongoClient client) {
    this.client = client;
  }

  /**
   * @param version what the document has after the write
   */
  Future<Fate> of(String collection, String id, long version, long nonce) {
    JsonObject mine = new JsonObject().put(BodyForm.ID, id).put(BodyForm.NONCE, nonce);
    JsonObject same = new JsonObject().put("$set", new JsonObject().put(BodyForm.NONCE, nonce));
    return client
        .updateCollection(collection, mine, same)
        .compose(
            touched ->
                touched.getDocMatched() > 0
                    ? Future.succeededFuture(Fate.OURS)
                    : client
                        .findOne(collection, new JsonObject().put(BodyForm.ID, id), MARKS)
                        .map(found -> fate(collection, id, version, nonce, found)));
  }

  private static Fate fate(
      String collection, String id, long version, long nonce, JsonObject found) {
    if (found == null) {
      return Fate.ABSENT;
    }
    if (Long.valueOf(nonce).equals(found.getLong(BodyForm.NONCE))) {
      return Fate.OURS;
    }
    if (found.getLong(BodyForm.VERSION) == version) {
      return Fate.THEIRS;
    }
    throw unknown(collection, id);
  }

  /** The honest answer when others have written since: the caller has to look for itself. */
  static ServiceFailure unknown(String collection, String id) {
    return new ServiceFailure(
        ErrorCode.UNAVAILABLE,
        "the database lost the answer to a write of " + id + " in " + collection);
  }
}
