package io.cta.server.api.http;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/** The paging that all lists share. */
public final class ListPager {
  static final int DEFAULT_LIMIT = 100;

  private final DocumentStore store;

  public ListPager(DocumentStore store) {
    this.store = store;
  }

  /** A page as the call asks for it; {@code sort} with a leading minus for descending. */
  public Future<ApiResponse> page(
      ApiRequest call,
      CollectionSpec collection,
      DocumentFilter filter,
      String sort,
      UnaryOperator<JsonObject> view,
      String... omit) {
    boolean descending = sort.startsWith("-");
    DocumentQuery query =
        DocumentQuery.of(collection, filter, (int) call.number("limit", DEFAULT_LIMIT))
            .sortedBy(descending ? sort.substring(1) : sort, descending)
            .after(call.text("after"))
            .omitting(omit);
    return store.find(query).map(page -> ApiResponse.ok(json(page, view)));
  }

  private static JsonObject json(QueryPage<StoredDocument> page, UnaryOperator<JsonObject> view) {
    JsonArray items = new JsonArray();
    page.items().forEach(document -> items.add(view.apply(document.body())));
    JsonObject out = new JsonObject().put("items", items);
    return page.next() == null ? out : out.put("next", page.next());
  }
}
