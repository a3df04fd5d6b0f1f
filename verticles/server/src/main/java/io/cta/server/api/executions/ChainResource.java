package io.cta.server.api.executions;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ChainNodeView;
import io.cta.server.view.executions.ChainView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows which executions caused which. */
public final class ChainResource {
  static final int MAX_EXECUTIONS = 500;

  private final StoreRepositories stores;

  public ChainResource(StoreRepositories stores) {
    this.stores = stores;
  }

  public void register(OperationRegistry operations) {
    operations.on("getExecutionChain", this::get);
  }

  private Future<ApiResponse> get(ApiRequest call) {
    return stores
        .executions
        .get(call.path("id"))
        .map(found -> ExecutionChain.root(found.value()))
        .compose(
            root ->
                stores
                    .executions
                    .find(root)
                    .compose(
                        first ->
                            stores
                                .executions
                                .find(following(root))
                                .map(page -> view(root, first, page.items()))))
        .map(ApiResponse::ok);
  }

  private static DocumentQuery following(String root) {
    // one more than is shown, to know whether there are more
    return DocumentQuery.of(
        StoreCollections.EXECUTIONS, DocumentFilter.eq("chain.root", root), MAX_EXECUTIONS + 1);
  }

  private static ChainView view(
      String root,
      Optional<VersionedEntity<Execution>> first,
      List<VersionedEntity<Execution>> following) {
    List<ChainNodeView> all =
        Stream.concat(first.stream(), following.stream())
            .map(VersionedEntity::value)
            .map(ChainNodeView::of)
            .toList();
    boolean cut = all.size() > MAX_EXECUTIONS;
    return new ChainView(root, cut ? all.subList(0, MAX_EXECUTIONS) : all, cut);
  }
}
