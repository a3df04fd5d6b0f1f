package io.cta.server.store.mongo;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.IndexSpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;

/** Makes the indexes of a collection, as far as they are missing. */
final class Indexes {
  private Indexes() {}

  static Future<Void> make(MongoClient client, CollectionSpec spec) {
    Future<Void> done = Future.succeededFuture();
    for (IndexSpec index : IndexSpec.of(spec)) {
      JsonObject keys = new JsonObject();
      index.paths().forEach(path -> keys.put(Ask.key(path), 1));
      // sparse, so that documents without the field do not count as equal
      IndexOptions options =
          new IndexOptions().name(index.name()).unique(index.unique()).sparse(index.unique());
      done = done.compose(v -> client.createIndexWithOptions(spec.name(), keys, options));
    }
    return done;
  }
}
