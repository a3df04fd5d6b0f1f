package io.cta.server.api.http;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.QueryPage;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.OutwardView;
import io.cta.server.view.PageView;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Serves a list of one kind of document in pages. */
public final class ListPager<T> {
  static final int DEFAULT_LIMIT = 100;

  private final EntityRepository<T> repository;
  private final Function<T, ? extends OutwardView> view;

  /**
   * @param view makes the view of an item
   */
  public ListPager(EntityRepository<T> repository, Function<T, ? extends OutwardView> view) {
    this.repository = repository;
    this.view = view;
  }

  /** The page that the request asks for; {@code sort} begins with a minus for descending order. */
  public Future<ApiResponse> page(ApiRequest call, DocumentFilter filter, String sort) {
    boolean descending = sort.startsWith("-");
    DocumentQuery query =
        DocumentQuery.of(repository.spec(), filter, (int) call.number("limit", DEFAULT_LIMIT))
            .sortedBy(descending ? sort.substring(1) : sort, descending)
            .after(call.text("after"));
    return repository.find(query).map(page -> ApiResponse.ok(shown(page)));
  }

  private PageView shown(QueryPage<VersionedEntity<T>> page) {
    List<? extends OutwardView> items =
        page.items().stream().map(VersionedEntity::value).map(view).toList();
    return new PageView(items, page.next());
  }
}
