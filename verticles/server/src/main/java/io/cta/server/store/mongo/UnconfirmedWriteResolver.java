package io.cta.server.store.mongo;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

/**
 * Finds out whether a write whose answer was lost was carried out, by the random number that every
 * write leaves in the document. Looks for it with an update that changes nothing, because an
 * update, unlike a read, waits until what it found is in the journals of the majority.
 */
final class UnconfirmedWriteResolver {
  private static final JsonObject MARKS =
      new JsonObject().put(MongoDocumentCodec.VERSION, 1).put(MongoDocumentCodec.NONCE, 1);

  private final MongoClient client;

  /** What became of a write whose answer was lost. */
  enum Resolution {
    /** It was carried out. */
    OURS,
    /** Another write came first. */
    THEIRS,
    /** There is no such document. */
    ABSENT
  }

  UnconfirmedWriteResolver(MongoClient client) {
    this.client = client;
  }

  /**
   * @param version the document's version after the write
   */
  Future<Resolution> of(String collection, String id, long version, long nonce) {
    JsonObject mine =
        new JsonObject().put(MongoDocumentCodec.ID, id).put(MongoDocumentCodec.NONCE, nonce);
    JsonObject same =
        new JsonObject().put("$set", new JsonObject().put(MongoDocumentCodec.NONCE, nonce));
    return client
        .updateCollection(collection, mine, same)
        .compose(
            touched ->
                touched.getDocMatched() > 0
                    ? Future.succeededFuture(Resolution.OURS)
                    : client
                        .findOne(collection, new JsonObject().put(MongoDocumentCodec.ID, id), MARKS)
                        .map(found -> fate(collection, id, version, nonce, found)));
  }

  private static Resolution fate(
      String collection, String id, long version, long nonce, JsonObject found) {
    if (found == null) {
      return Resolution.ABSENT;
    }
    if (Long.valueOf(nonce).equals(found.getLong(MongoDocumentCodec.NONCE))) {
      return Resolution.OURS;
    }
    if (found.getLong(MongoDocumentCodec.VERSION) == version) {
      return Resolution.THEIRS;
    }
    throw unknown(collection, id);
  }

  /**
   * The failure when others have written since, so that nobody can tell: the caller has to read the
   * document.
   */
  static ServiceFailure unknown(String collection, String id) {
    return new ServiceFailure(
        ErrorCode.UNAVAILABLE,
        "the database lost the answer to a write of " + id + " in " + collection);
  }
}
