package io.cta.server.api.http;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.QueryPage;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.PageView;
import io.cta.server.view.View;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Serves a list of one kind of document in pages. */
public final class ListPager<T> {
  static final int DEFAULT_LIMIT = 100;

  private final EntityRepository<T> repository;
  private final Function<T, ? extends View> view;
  private final String[] omit;

  /**
   * @param view makes the view of an item
   * @param omit fields that the view does not need, which are not read from the store
   */
  public ListPager(
      EntityRepository<T> repository, Function<T, ? extends View> view, String... omit) {
    this.repository = repository;
    this.view = view;
    this.omit = omit;
  }

  /** The page that the request asks for; {@code sort} begins with a minus for descending order. */
  public Future<ApiResponse> page(ApiRequest call, DocumentFilter filter, String sort) {
    boolean descending = sort.startsWith("-");
    DocumentQuery query =
        DocumentQuery.of(repository.spec(), filter, (int) call.number("limit", DEFAULT_LIMIT))
            .sortedBy(descending ? sort.substring(1) : sort, descending)
            .after(call.text("after"))
            .omitting(omit);
    return repository.find(query).map(page -> ApiResponse.ok(shown(page)));
  }

  private PageView shown(QueryPage<VersionedEntity<T>> page) {
    List<? extends View> items =
        page.items().stream().map(VersionedEntity::value).map(view).toList();
    return new PageView(items, page.next());
  }
}
