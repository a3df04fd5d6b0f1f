package io.cta.server.api;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Filter;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/** The paging that all lists share. */
final class Lists {
  static final int DEFAULT_LIMIT = 100;

  private final DocumentStore store;

  Lists(DocumentStore store) {
    this.store = store;
  }

  /** A page as the call asks for it; {@code sort} with a leading minus for descending. */
  Future<Answer> page(
      Call call,
      CollectionSpec collection,
      Filter filter,
      String sort,
      UnaryOperator<JsonObject> view,
      String... omit) {
    boolean descending = sort.startsWith("-");
    Query query =
        Query.of(collection, filter, (int) call.number("limit", DEFAULT_LIMIT))
            .sortedBy(descending ? sort.substring(1) : sort, descending)
            .after(call.text("after"))
            .omitting(omit);
    return store.find(query).map(page -> Answer.ok(json(page, view)));
  }

  private static JsonObject json(Page<Document> page, UnaryOperator<JsonObject> view) {
    JsonArray items = new JsonArray();
    page.items().forEach(document -> items.add(view.apply(document.body())));
    JsonObject out = new JsonObject().put("items", items);
    return page.next() == null ? out : out.put("next", page.next());
  }
}
