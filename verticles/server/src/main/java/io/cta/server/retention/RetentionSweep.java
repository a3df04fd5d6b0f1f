package io.cta.server.retention;

import io.cta.domain.State;
import io.cta.server.artifacts.ArtifactRemover;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Function;

/** Removes executions that the policy does not keep. Several servers may sweep at the same time. */
final class RetentionSweep {
  /** Most executions that one sweep removes; the next continues. */
  static final int MAX_REMOVED = 1_000;

  private static final int PAGE = 50;
  private static final DocumentFilter FINISHED =
      DocumentFilter.ALL
          .and("state", Op.IN, State.FINISHED, State.CANCELLED, State.TIMEOUT)
          .and("pinned", Op.EQ, false)
          .and("afterDue", Op.MISSING)
          .and("reportDue", Op.MISSING);

  private final DocumentStore store;
  private final RetentionPolicy policy;
  private final ExecutionRemover executionRemover;
  private int removed;

  RetentionSweep(
      DocumentStore store,
      RetentionPolicy policy,
      ArtifactRemover artifacts,
      Function<String, Future<Void>> queueRemover) {
    this.store = store;
    this.policy = policy;
    executionRemover = new ExecutionRemover(store, artifacts, queueRemover);
  }

  /** Answers the number of executions removed. */
  Future<Integer> run(Instant now) {
    DocumentFilter old = FINISHED.and("finishedAt", Op.LT, now.minus(policy.age()));
    return removeOldest(old, Integer.MAX_VALUE)
        .compose(v -> store.count(StoreCollections.EXECUTIONS, FINISHED))
        .compose(count -> removeOldest(FINISHED, count - policy.executions()))
        .map(v -> removed);
  }

  /** Removes the oldest first, until {@code excess} are gone. */
  private Future<Void> removeOldest(DocumentFilter filter, long excess) {
    int limit = (int) Math.min(PAGE, Math.min(excess, MAX_REMOVED - removed));
    if (limit <= 0) {
      return Future.succeededFuture();
    }
    DocumentQuery oldest =
        DocumentQuery.of(StoreCollections.EXECUTIONS, filter.and("finishedAt", Op.EXISTS), limit)
            .sortedBy("finishedAt", false);
    int before = removed;
    return store
        .find(oldest)
        .compose(page -> removeEach(page.items().iterator()))
        .compose(
            v ->
                removed == before
                    ? Future.succeededFuture()
                    : removeOldest(filter, excess - (removed - before)));
  }

  private Future<Void> removeEach(Iterator<StoredDocument> executions) {
    if (!executions.hasNext()) {
      return Future.succeededFuture();
    }
    return executionRemover
        .remove(executions.next())
        .compose(
            gone -> {
              removed += gone ? 1 : 0;
              return removeEach(executions);
            });
  }
}
