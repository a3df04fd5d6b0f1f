package io.cta.server.api.access;

import io.cta.server.security.AccessControl;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import java.util.List;

/** Deletes tokens from the store and from the cache of their owners. */
public final class TokenRevocation {
  private TokenRevocation() {}

  /** Deletes all tokens that match. */
  public static Future<Void> deleteAll(
      StoreRepositories stores, AccessControl security, DocumentFilter filter) {
    return stores
        .documents
        .find(DocumentQuery.of(StoreCollections.TOKENS, filter, 1000))
        .compose(
            page ->
                page.items().isEmpty()
                    ? Future.succeededFuture()
                    : delete(stores, security, page.items())
                        .compose(gone -> deleteAll(stores, security, filter)));
  }

  static Future<Void> delete(
      StoreRepositories stores, AccessControl security, List<StoredDocument> tokens) {
    List<DocumentWrite> writes =
        tokens.stream()
            .<DocumentWrite>map(
                t -> new DocumentWrite.Delete(StoreCollections.TOKENS, t.id(), t.version()))
            .toList();
    return stores
        .documents
        .apply(writes)
        .map(
            done -> {
              tokens.forEach(token -> security.principalResolver.forgetToken(token.id()));
              return null;
            });
  }
}
