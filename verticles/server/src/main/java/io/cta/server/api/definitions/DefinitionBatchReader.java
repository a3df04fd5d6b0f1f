package io.cta.server.api.definitions;

import io.cta.domain.IdGenerator;
import io.cta.error.ServiceFailure;
import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.contract.FieldError;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoredDocument;
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.definitions.FieldChangeView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the documents of a request into a batch, checking each against its schema and comparing it
 * with the store.
 */
public final class DefinitionBatchReader {
  /** Fields that the server sets; they are no difference that anybody asked for. */
  private static final List<String> SERVER_FIELDS =
      List.of("id", "createdAt", "updatedAt", "nextAt", "firedAt", "revision");

  private final DefinitionKinds kinds;
  private final ApiContract contract;
  private final DocumentStore store;
  private final Clock clock;

  public DefinitionBatchReader(
      DefinitionKinds kinds, ApiContract contract, DocumentStore store, Clock clock) {
    this.kinds = kinds;
    this.contract = contract;
    this.store = store;
    this.clock = clock;
  }

  Future<DefinitionBatch> read(JsonArray documents) {
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
    return entries(documents, 0, new ArrayList<>()).map(DefinitionBatch::new);
  }

  private Future<List<DefinitionBatch.Entry>> entries(
      JsonArray documents, int index, List<DefinitionBatch.Entry> entries) {
    if (index == documents.size()) {
      return Future.succeededFuture(List.copyOf(entries));
    }
    JsonObject document = documents.getJsonObject(index).copy();
    DefinitionKind<?> kind = kind((String) document.remove("kind"));
    return store
        .find(
            DocumentQuery.of(
                kind.repository().spec(), DocumentFilter.eq("name", document.getString("name")), 1))
        .compose(
            page -> entry(kind, document, page.items().stream().findFirst().orElse(null), index))
        .compose(
            entry -> {
              entries.add(entry);
              return entries(documents, index + 1, entries);
            });
  }

  private <T> Future<DefinitionBatch.Entry> entry(
      DefinitionKind<T> kind, JsonObject document, StoredDocument stored, int index) {
    JsonObject old = stored == null ? null : stored.body();
    String now = InstantText.format(clock.instant());
    document.put("id", stored == null ? IdGenerator.next() : stored.id());
    document.put("createdAt", stored == null ? now : old.getValue("createdAt"));
    document.put("updatedAt", now);
    return Future.succeededFuture()
        .compose(begun -> kind.rules().complete(document, old))
        .recover(failure -> Future.failedFuture(DefinitionBatch.at(index, failure)))
        .map(
            complete -> {
              try {
                T next = JsonMapping.fromObject(complete, kind.type());
                T before = stored == null ? null : stored.content().as(kind.type());
                JsonObject body = JsonMapping.toObject(next);
                boolean changed =
                    before == null || !asked(body).equals(asked(JsonMapping.toObject(before)));
                List<FieldChangeView> diff =
                    DocumentDiff.of(shown(kind, before), shown(kind, next));
                return new DefinitionBatch.Entry(index, kind, stored, body, next, changed, diff);
              } catch (ServiceFailure e) {
                throw new InvalidInput("documents[" + index + "]." + e.field(), e.getMessage());
              }
            });
  }

  private DefinitionKind<?> kind(String name) {
    return kinds.applicable().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  private static <T> JsonObject shown(DefinitionKind<T> kind, T value) {
    return value == null ? new JsonObject() : asked(ViewEncoder.tree(kind.view(value)));
  }

  private static JsonObject asked(JsonObject document) {
    JsonObject copy = document.copy();
    SERVER_FIELDS.forEach(copy::remove);
    return copy;
  }
}
