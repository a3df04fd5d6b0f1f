package io.cta.server.retention;

import io.cta.domain.State;
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

/** One look at what may go. Any number of servers may look at once: each finds what is left. */
final class RetentionSweep {
  /** Executions that one sweep removes at most; the next goes on. */
  static final int MOST = 1_000;

  private static final int PAGE = 50;
  private static final DocumentFilter FINISHED =
      DocumentFilter.ALL
          .and("state", Op.IN, State.FINISHED, State.CANCELLED, State.TIMEOUT)
          .and("pinned", Op.EQ, false);

  private final DocumentStore store;
  private final RetentionPolicy policy;
  private final ExecutionRemover executionRemover;
  private int removed;

  RetentionSweep(
      DocumentStore store, RetentionPolicy policy, Function<String, Future<Void>> queue) {
    this.store = store;
    this.policy = policy;
    executionRemover = new ExecutionRemover(store, queue);
  }

  /** How many executions it removed. */
  Future<Integer> run(Instant now) {
    DocumentFilter old = FINISHED.and("finishedAt", Op.LT, now.minus(policy.age()));
    return pages(old, Integer.MAX_VALUE)
        .compose(v -> store.count(StoreCollections.EXECUTIONS, FINISHED))
        .compose(count -> pages(FINISHED, count - policy.executions()))
        .map(v -> removed);
  }

  /** The oldest of them first, until {@code excess} are gone. */
  private Future<Void> pages(DocumentFilter filter, long excess) {
    int limit = (int) Math.min(PAGE, Math.min(excess, MOST - removed));
    if (limit <= 0) {
      return Future.succeededFuture();
    }
    DocumentQuery oldest =
        DocumentQuery.of(StoreCollections.EXECUTIONS, filter.and("finishedAt", Op.EXISTS), limit)
            .sortedBy("finishedAt", false);
    int before = removed;
    return store
        .find(oldest)
        .compose(page -> each(page.items().iterator()))
        .compose(
            v ->
                removed == before
                    ? Future.succeededFuture()
                    : pages(filter, excess - (removed - before)));
  }

  private Future<Void> each(Iterator<StoredDocument> executions) {
    if (!executions.hasNext()) {
      return Future.succeededFuture();
    }
    return executionRemover
        .remove(executions.next())
        .compose(
            gone -> {
              removed += gone ? 1 : 0;
              return each(executions);
            });
  }
}
