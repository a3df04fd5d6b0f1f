package io.cta.server.api;

import io.cta.server.security.Security;
import io.cta.server.store.Collections;
import io.cta.server.store.Document;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import java.util.List;

/** Takes tokens away, from the store and from the memory of who they were. */
final class Credentials {
  private Credentials() {}

  /** All tokens that match. */
  static Future<Void> deleteAll(Stores stores, Security security, Filter filter) {
    return stores
        .documents
        .find(Query.of(Collections.TOKENS, filter, 1000))
        .compose(
            page ->
                page.items().isEmpty()
                    ? Future.succeededFuture()
                    : delete(stores, security, page.items())
                        .compose(gone -> deleteAll(stores, security, filter)));
  }

  static Future<Void> delete(Stores stores, Security security, List<Document> tokens) {
    List<Write> writes =
        tokens.stream()
            .<Write>map(t -> new Write.Delete(Collections.TOKENS, t.id(), t.version()))
            .toList();
    return stores
        .documents
        .apply(writes)
        .map(
            done -> {
              tokens.forEach(token -> security.identities.forgetToken(token.id()));
              return null;
            });
  }
}
