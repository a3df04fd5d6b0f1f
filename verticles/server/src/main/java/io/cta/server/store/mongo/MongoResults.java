package io.cta.server.store.mongo;

import io.cta.server.store.DocumentQuery;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Converts what MongoDB returns to the types of the store's port. */
final class MongoResults {
  private MongoResults() {}

  static QueryPage<StoredDocument> page(DocumentQuery query, List<StoredDocument> rows) {
    boolean more = rows.size() > query.limit();
    List<StoredDocument> kept = more ? rows.subList(0, query.limit()) : rows;
    String next = null;
    if (more) {
      StoredDocument last = kept.get(kept.size() - 1);
      Object sort =
          FieldValues.of(FieldValues.declared(query.collection(), query.sort()), last.body());
      next = KeysetCursor.next(query, sort, last.id());
    }
    // the database returned an omitted sort field, because the cursor needs it
    kept.forEach(document -> query.omit().forEach(document.body()::remove));
    return new QueryPage<>(List.copyOf(kept), next);
  }

  static Map<String, Long> counts(List<JsonObject> groups) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonObject group : groups) {
      Object value = group.getValue(MongoDocumentCodec.ID);
      boolean whole = value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15;
      String key = whole ? String.valueOf(((Double) value).longValue()) : value.toString();
      counts.merge(key, group.getLong("n"), Long::sum);
    }
    return counts;
  }

  static Future<List<JsonObject>> all(ReadStream<JsonObject> stream) {
    Promise<List<JsonObject>> promise = Promise.promise();
    List<JsonObject> out = new ArrayList<>();
    stream
        .exceptionHandler(promise::tryFail)
        .endHandler(v -> promise.tryComplete(out))
        .handler(out::add);
    return promise.future();
  }
}
