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
 * Whether the store takes writes: a small real one tells, made when somebody asks and the last one
 * that succeeded is some seconds old. One event loop.
 */
final class StoreProbe {
  /** For so long a write that succeeded speaks for the store. */
  private static final long FRESH = Duration.ofSeconds(5).toNanos();

  private final DocumentStore store;
  private final MonotonicClock ticker;
  private final String id;
  private Future<Void> running = Future.succeededFuture();
  private Long succeededAt;
  private long count;

  /**
   * @param id of the document that is written, one for each server
   */
  StoreProbe(DocumentStore store, MonotonicClock ticker, String id) {
    this.store = store;
    this.ticker = ticker;
    this.id = id;
  }

  /** Completes when a write has just succeeded, and fails when it does not. */
  Future<Void> write() {
    if (succeededAt != null && ticker.nanos() - succeededAt < FRESH) {
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
    // whoever was first has shown as much
    return store.apply(List.of(write)).mapEmpty();
  }
}
