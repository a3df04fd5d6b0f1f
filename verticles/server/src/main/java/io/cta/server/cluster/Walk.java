package io.cta.server.cluster;

import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks through some documents, a page at a time, and has what was missed announced. */
final class Walk {
  private static final int MOST = 500;

  private final DocumentStore store;
  private final Query first;
  private final Ledger ledger;
  private final Function<String, Future<Void>> late;
  private String after;

  /**
   * @param late announces, on this node, a document whose announcement was missed
   */
  Walk(DocumentStore store, Query first, Ledger ledger, Function<String, Future<Void>> late) {
    this.store = store;
    this.first = first;
    this.ledger = ledger;
    this.late = late;
  }

  /** One page; answers whether it was the last one of the walk. */
  Future<Boolean> step() {
    return store
        .find(after == null ? first : first.after(after))
        .compose(
            (Page<Document> page) -> {
              after = page.next();
              List<String> missed =
                  new ArrayList<>(ledger.page(page.items().stream().map(Walk::seen).toList()));
              if (after == null) {
                missed.addAll(ledger.end());
              }
              return Future.join(missed.stream().limit(MOST).map(late).toList())
                  .transform(done -> Future.succeededFuture(after == null));
            });
  }

  private static Ledger.Seen seen(Document d) {
    return new Ledger.Seen(d.id(), d.version(), d.body().containsKey("endState"));
  }
}
