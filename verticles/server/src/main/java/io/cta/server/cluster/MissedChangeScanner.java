package io.cta.server.cluster;

import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks through some documents, a page at a time, and has what was missed announced. */
final class MissedChangeScanner {
  private static final int MOST = 500;

  private final DocumentStore store;
  private final DocumentQuery first;
  private final VersionTracker versionTracker;
  private final Function<String, Future<Void>> late;
  private String after;

  /**
   * @param late announces, on this node, a document whose announcement was missed
   */
  MissedChangeScanner(
      DocumentStore store,
      DocumentQuery first,
      VersionTracker versionTracker,
      Function<String, Future<Void>> late) {
    this.store = store;
    this.first = first;
    this.versionTracker = versionTracker;
    this.late = late;
  }

  /** One page; answers whether it was the last one of the walk. */
  Future<Boolean> step() {
    return store
        .find(after == null ? first : first.after(after))
        .compose(
            (QueryPage<StoredDocument> page) -> {
              after = page.next();
              List<String> missed =
                  new ArrayList<>(
                      versionTracker.page(
                          page.items().stream().map(MissedChangeScanner::seen).toList()));
              if (after == null) {
                missed.addAll(versionTracker.end());
              }
              return Future.join(missed.stream().limit(MOST).map(late).toList())
                  .transform(done -> Future.succeededFuture(after == null));
            });
  }

  private static VersionTracker.StoredVersion seen(StoredDocument d) {
    return new VersionTracker.StoredVersion(d.id(), d.version(), d.body().containsKey("endState"));
  }
}
