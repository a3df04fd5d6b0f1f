package io.cta.server.notify;

import io.cta.json.InstantText;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;

/** Forgets what no repetition is to be told from any longer. Safe from any event loop. */
final class RecordCleanup {
  private static final int PAGE = 1_000;
  private static final Duration LINES_AFTER = Duration.ofDays(30);
  private static final Duration CALLS_AFTER = Duration.ofDays(7);

  private final DocumentStore documents;
  private final TimeSource time;

  RecordCleanup(DocumentStore documents, TimeSource time) {
    this.documents = documents;
    this.time = time;
  }

  /** Removes what forges accepted for commits 30 days ago, and calls of hooks of 7 days ago. */
  Future<Void> forgetOld() {
    return forget(StoreCollections.COMMIT_LINES, "updatedAt", LINES_AFTER)
        .compose(v -> forget(StoreCollections.HOOK_EVENTS, "at", CALLS_AFTER));
  }

  private Future<Void> forget(CollectionSpec collection, String field, Duration after) {
    String before = InstantText.format(time.now().minus(after));
    DocumentQuery old =
        DocumentQuery.of(
            collection, DocumentFilter.ALL.and(field, DocumentFilter.Op.LT, before), PAGE);
    return documents
        .find(old)
        .compose(
            page ->
                documents.apply(
                    page.items().stream()
                        .<DocumentWrite>map(
                            found ->
                                new DocumentWrite.Delete(collection, found.id(), found.version()))
                        .toList()))
        .mapEmpty();
  }
}
