package io.cta.server.api;

import io.cta.domain.Ids;
import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a batch of the documents of a request: each against its schema and what is stored. */
final class BatchReader {
  /** Made by the server; no difference that anybody asked for. */
  private static final List<String> OURS =
      List.of("id", "createdAt", "updatedAt", "nextAt", "firedAt");

  private final Kinds kinds;
  private final Contract contract;
  private final DocumentStore store;
  private final Clock clock;

  BatchReader(Kinds kinds, Contract contract, DocumentStore store, Clock clock) {
    this.kinds = kinds;
    this.contract = contract;
    this.store = store;
    this.clock = clock;
  }

  Future<Batch> read(JsonArray documents) {
    List<FieldError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < documents.size(); i++) {
      String place = "documents[" + i + "]";
      JsonObject document = documents.getJsonObject(i).copy();
      String kind = (String) document.remove("kind");
      contract.errors(kind, document).forEach(error -> errors.add(error.below(place)));
      if (document.getValue("name") instanceof String name && !seen.add(kind + " " + name)) {
        errors.add(new FieldError(place + ".name", "is there twice for kind " + kind));
      }
    }
    if (!errors.isEmpty()) {
      return Future.failedFuture(new InvalidInput(errors));
    }
    return entries(documents, 0, new ArrayList<>()).map(Batch::new);
  }

  private Future<List<Batch.Entry>> entries(
      JsonArray documents, int index, List<Batch.Entry> entries) {
    if (index == documents.size()) {
      return Future.succeededFuture(List.copyOf(entries));
    }
    JsonObject document = documents.getJsonObject(index).copy();
    Kind<?> kind = kind((String) document.remove("kind"));
    return store
        .find(Query.of(kind.repository().spec(), Filter.eq("name", document.getString("name")), 1))
        .compose(
            page -> entry(kind, document, page.items().stream().findFirst().orElse(null), index))
        .compose(
            entry -> {
              entries.add(entry);
              return entries(documents, index + 1, entries);
            });
  }

  private Future<Batch.Entry> entry(Kind<?> kind, JsonObject document, Document stored, int index) {
    JsonObject old = stored == null ? null : stored.body();
    String now = Instants.text(clock.instant());
    document.put("id", stored == null ? Ids.next() : stored.id());
    document.put("createdAt", stored == null ? now : old.getValue("createdAt"));
    document.put("updatedAt", now);
    return kind.rules()
        .complete(document, old)
        .map(
            complete -> {
              try {
                JsonObject next = Json.toObject(Json.fromObject(complete, kind.type()));
                List<JsonObject> diff = Diff.of(plain(old), plain(next));
                return new Batch.Entry(index, kind, stored, next, diff);
              } catch (ServiceFailure e) {
                throw new InvalidInput("documents[" + index + "]." + e.field(), e.getMessage());
              }
            });
  }

  private Kind<?> kind(String name) {
    return kinds.applicable().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  private static JsonObject plain(JsonObject document) {
    JsonObject copy = document == null ? new JsonObject() : document.copy();
    OURS.forEach(copy::remove);
    return copy;
  }
}
