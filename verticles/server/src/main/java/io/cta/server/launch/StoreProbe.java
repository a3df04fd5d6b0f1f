package io.cta.server.launch;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether the store takes writes, by a small real write. Writes only when asked and the last
 * success is older than a few seconds. One event loop.
 */
final class StoreProbe {
  /** How long a successful write counts as proof. */
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private final DocumentStore store;
  private final MonotonicClock ticker;
  private final String id;
  private Future<Void> running = Future.succeededFuture();
  private Long succeededAt;
  private long count;

  /**
   * @param id of the document to write, one per server
   */
  StoreProbe(DocumentStore store, MonotonicClock ticker, String id) {
    this.store = store;
    this.ticker = ticker;
    this.id = id;
  }

  /** Completes when a recent write has succeeded; fails when the write fails. */
  Future<Void> write() {
    if (succeededAt != null && ticker.nanos() - succeededAt < FRESH_NANOS) {
      return Future.succeededFuture();
    }
    if (running.isComplete()) {
      running =
          store
              .get(StoreCollections.SETTINGS, id)
              .compose(this::next)
              .onSuccess(v -> succeededAt = ticker.nanos());
    }
    return running;
  }

  private Future<Void> next(Optional<StoredDocument> known) {
    JsonObject body = new JsonObject().put("id", id).put("count", ++count);
    DocumentWrite write =
        known.isPresent()
            ? new DocumentWrite.Replace(StoreCollections.SETTINGS, id, known.get().version(), body)
            : new DocumentWrite.Insert(StoreCollections.SETTINGS, id, body);
    // a lost race is fine: the other's write succeeded
    return store.apply(List.of(write)).mapEmpty();
  }
}
