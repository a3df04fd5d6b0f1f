package io.cta.server.aggregation;

import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.Execution;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.state.ExecutionFold;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Brings one stored execution up to what its tasks come to. Event loop of its verticle only. */
final class ExecutionUpdater {
  /** What became of it. */
  enum Outcome {
    /** As its tasks make it. */
    DONE,
    /** Terminal. */
    OVER,
    /** To be looked at again soon: a small change so early, or tasks that outran the planning. */
    SOON
  }

  private static final int PAGE = 1_000;
  private static final int TRIES = 20;
  private static final long SMALL_CHANGES_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final MonotonicClock ticker;

  ExecutionUpdater(Vertx vertx, StoreRepositories stores, MonotonicClock ticker) {
    this.vertx = vertx;
    this.stores = stores;
    this.ticker = ticker;
  }

  Future<Outcome> of(String executionId, CachedExecution cachedExecution) {
    return load(executionId, cachedExecution).compose(v -> settle(cachedExecution, TRIES));
  }

  private Future<Void> load(String executionId, CachedExecution cachedExecution) {
    if (cachedExecution.loaded) {
      return cachedExecution.outdated ? reread(cachedExecution) : Future.succeededFuture();
    }
    DocumentQuery tasks =
        DocumentQuery.of(
                StoreCollections.TASKS, DocumentFilter.eq("executionId", executionId), PAGE)
            .omitting("testIds", "attemptTestIds");
    return stores
        .executions
        .get(executionId)
        .compose(
            found -> {
              cachedExecution.execution(found);
              return stores.tasks.each(tasks, cachedExecution::task);
            })
        .onSuccess(v -> cachedExecution.loaded = true);
  }

  private Future<Outcome> settle(CachedExecution cachedExecution, int tries) {
    VersionedEntity<Execution> before = cachedExecution.execution();
    Execution next = ExecutionFold.fold(before.value(), cachedExecution.tasks());
    if (next == before.value()) {
      return stayed(cachedExecution, before, tries);
    }
    boolean small = next.state() == before.value().state();
    if (small
        && cachedExecution.writtenAt != null
        && ticker.nanos() - cachedExecution.writtenAt < SMALL_CHANGES_NANOS) {
      return Future.succeededFuture(Outcome.SOON);
    }
    return stores
        .executions
        .replace(next.id(), before, next)
        .compose(
            outcome -> {
              if (outcome == DocumentWrite.Outcome.DONE) {
                return Future.succeededFuture(written(cachedExecution, next, before.version() + 1));
              }
              return tries > 1
                  ? reread(cachedExecution).compose(v -> settle(cachedExecution, tries - 1))
                  : Future.failedFuture(
                      new ServiceFailure(
                          ErrorCode.CONFLICT, "execution " + next.id() + " is contended"));
            });
  }

  private Outcome written(CachedExecution cachedExecution, Execution next, long version) {
    cachedExecution.writtenAt = ticker.nanos();
    cachedExecution.execution(new VersionedEntity<>(next, version));
    ChangeFeed.announce(vertx, new ExecutionChanged(next, version));
    if (next.state().terminal()) {
      return Outcome.OVER;
    }
    return cachedExecution.allTasksOver() ? Outcome.SOON : Outcome.DONE;
  }

  /** All tasks over and the execution is not: it may have been planned meanwhile. */
  private Future<Outcome> stayed(
      CachedExecution cachedExecution, VersionedEntity<Execution> before, int tries) {
    if (before.value().state().terminal()) {
      return Future.succeededFuture(Outcome.OVER);
    }
    if (!cachedExecution.allTasksOver()) {
      return Future.succeededFuture(Outcome.DONE);
    }
    return reread(cachedExecution)
        .compose(
            v ->
                cachedExecution.execution() != before && tries > 1
                    ? settle(cachedExecution, tries - 1)
                    : Future.succeededFuture(Outcome.SOON));
  }

  private Future<Void> reread(CachedExecution cachedExecution) {
    cachedExecution.outdated = false;
    return stores
        .executions
        .get(cachedExecution.execution().value().id())
        .map(
            found -> {
              cachedExecution.execution(found);
              return null;
            });
  }
}
