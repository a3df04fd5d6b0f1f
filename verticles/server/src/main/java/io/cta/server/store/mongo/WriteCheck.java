package io.cta.server.store.mongo;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks, before anything is written, which of some writes would lose; one query per collection.
 */
final class WriteCheck {
  private static final FindOptions BATCHES = new FindOptions().setBatchSize(200);

  private final MongoClient client;
  private final RetryExecutor retry;

  /**
   * The result of the check.
   *
   * @param outcomes what the outcome of each write would be, in order
   * @param writes the writes, with what they would replace
   */
  record Checked(List<Outcome> outcomes, List<JointWrite> writes) {}

  /**
   * The writes of one collection, by their places in the list, and the stored documents they
   * concern.
   */
  private record Part(CollectionSpec spec, List<Integer> places, List<StoredDocument> stored) {}

  WriteCheck(MongoClient client, RetryExecutor retry) {
    this.client = client;
    this.retry = retry;
  }

  Future<Checked> of(List<DocumentWrite> writes) {
    Map<CollectionSpec, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      places.computeIfAbsent(writes.get(i).collection(), spec -> new ArrayList<>()).add(i);
    }
    List<Future<Part>> parts = new ArrayList<>();
    places.forEach((spec, at) -> parts.add(read(spec, at, writes)));
    return Future.all(parts)
        .map(
            read -> {
              Outcome[] outcomes = new Outcome[writes.size()];
              JointWrite[] joint = new JointWrite[writes.size()];
              parts.forEach(part -> check(part.result(), writes, outcomes, joint));
              return new Checked(Arrays.asList(outcomes), Arrays.asList(joint));
            });
  }

  private Future<Part> read(CollectionSpec spec, List<Integer> places, List<DocumentWrite> writes) {
    JsonArray ids = new JsonArray();
    Map<String, JsonArray> unique = new LinkedHashMap<>();
    for (int i : places) {
      ids.add(writes.get(i).id());
      JsonObject body = body(writes.get(i));
      for (String field : spec.unique()) {
        if (body != null && body.getValue(field) != null) {
          unique.computeIfAbsent(field, f -> new JsonArray()).add(body.getValue(field));
        }
      }
    }
    JsonArray any = new JsonArray().add(in(MongoDocumentCodec.ID, ids));
    unique.forEach((field, values) -> any.add(in(MongoDocumentCodec.topKey(field), values)));
    JsonObject filter = new JsonObject().put("$or", any);
    return retry
        .of(again -> MongoResults.all(client.findBatchWithOptions(spec.name(), filter, BATCHES)))
        .map(
            found ->
                new Part(spec, places, found.stream().map(MongoDocumentCodec::document).toList()));
  }

  private static JsonObject in(String key, JsonArray values) {
    return new JsonObject().put(key, new JsonObject().put("$in", values));
  }

  private static void check(
      Part part, List<DocumentWrite> writes, Outcome[] outcomes, JointWrite[] joint) {
    Map<String, StoredDocument> byId = new HashMap<>();
    part.stored().forEach(document -> byId.put(document.id(), document));
    for (int i : part.places()) {
      DocumentWrite write = writes.get(i);
      StoredDocument old = byId.get(write.id());
      joint[i] = new JointWrite(write, old == null ? null : old.body());
      outcomes[i] = outcome(write, old);
    }
    for (String field : part.spec().unique()) {
      unique(field, part, byId, writes, outcomes);
    }
  }

  private static Outcome outcome(DocumentWrite write, StoredDocument old) {
    if (write instanceof DocumentWrite.Insert) {
      return old == null ? Outcome.DONE : Outcome.DUPLICATE;
    }
    long version =
        write instanceof DocumentWrite.Replace replace
            ? replace.version()
            : ((DocumentWrite.Delete) write).version();
    return old != null && old.version() == version ? Outcome.DONE : Outcome.STALE;
  }

  /** Marks writes as DUPLICATE whose value another document has, or an earlier write takes. */
  private static void unique(
      String field,
      Part part,
      Map<String, StoredDocument> byId,
      List<DocumentWrite> writes,
      Outcome[] outcomes) {
    Set<Object> taken = new HashSet<>();
    Set<String> ours = new HashSet<>();
    part.places().forEach(i -> ours.add(writes.get(i).id()));
    byId.values().stream()
        .filter(document -> !ours.contains(document.id()))
        .forEach(document -> taken.add(document.body().getValue(field)));
    for (int i : part.places()) {
      JsonObject body = body(writes.get(i));
      Object value = body == null ? null : body.getValue(field);
      if (value != null && !taken.add(value) && outcomes[i] == Outcome.DONE) {
        outcomes[i] = Outcome.DUPLICATE;
      }
    }
  }

  private static JsonObject body(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      return insert.body();
    }
    return write instanceof DocumentWrite.Replace replace ? replace.body() : null;
  }
}
