package io.cta.server.cluster;

import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Scans documents page by page and announces those whose change was missed. */
final class MissedChangeScanner {
  private static final int MAX_MISSED = 500;

  private final DocumentStore store;
  private final DocumentQuery first;
  private final VersionTracker versionTracker;
  private final Function<String, Future<Void>> announce;
  private String after;

  /**
   * @param late announces, on this node, a document whose announcement was missed
   */
  MissedChangeScanner(
      DocumentStore store,
      DocumentQuery first,
      VersionTracker versionTracker,
      Function<String, Future<Void>> announce) {
    this.store = store;
    this.first = first;
    this.versionTracker = versionTracker;
    this.announce = announce;
  }

  /** Scans one page; answers whether it was the last page of the scan. */
  Future<Boolean> step() {
    return store
        .find(after == null ? first : first.after(after))
        .compose(
            (QueryPage<StoredDocument> page) -> {
              after = page.next();
              List<String> missed =
                  new ArrayList<>(
                      versionTracker.page(
                          page.items().stream().map(MissedChangeScanner::storedVersion).toList()));
              if (after == null) {
                missed.addAll(versionTracker.end());
              }
              return Future.join(missed.stream().limit(MAX_MISSED).map(announce).toList())
                  .transform(done -> Future.succeededFuture(after == null));
            });
  }

  private static VersionTracker.StoredVersion storedVersion(StoredDocument d) {
    return new VersionTracker.StoredVersion(d.id(), d.version(), d.body().containsKey("endState"));
  }
}
