package io.cta.server.aggregation;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Execution;
import io.cta.server.store.CompareAndSetLoop;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Updates one stored execution from its tasks. Event loop of its verticle only. */
final class ExecutionUpdater {
  /** What an update came to. */
  enum Outcome {
    /** The stored execution matches its tasks. */
    DONE,
    /** The execution is terminal. */
    OVER,
    /**
     * Must be updated again soon: a small change came too soon after the last write, or all tasks
     * ended before the planning did.
     */
    SOON
  }

  private static final int PAGE = 1_000;
  private static final int MAX_TRIES = 20;
  private static final long SMALL_CHANGE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final MonotonicClock ticker;

  ExecutionUpdater(Vertx vertx, StoreRepositories stores, MonotonicClock ticker) {
    this.vertx = vertx;
    this.stores = stores;
    this.ticker = ticker;
  }

  /** Updates the stored execution; tries to write it {@value #MAX_TRIES} times at most. */
  Future<Outcome> of(String executionId, CachedExecution cached) {
    CompareAndSetLoop<CachedExecution> loop =
        new CompareAndSetLoop<>("execution " + executionId, MAX_TRIES, () -> reread(cached));
    return load(executionId, cached).compose(v -> loop.runFrom(cached, this::update));
  }

  private Future<?> load(String executionId, CachedExecution cached) {
    if (cached.loaded) {
      return cached.outdated ? reread(cached) : Future.succeededFuture();
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
              cached.execution(found);
              return stores.tasks.each(tasks, cached::task);
            })
        .onSuccess(v -> cached.loaded = true);
  }

  private Future<Optional<Outcome>> update(CachedExecution cached) {
    VersionedEntity<Execution> before = cached.execution();
    Execution next = ExecutionFold.fold(before.value(), cached.tasks());
    if (next == before.value()) {
      return unchanged(cached, before);
    }
    boolean small = next.state() == before.value().state();
    if (small
        && cached.writtenAt != null
        && ticker.nanos() - cached.writtenAt < SMALL_CHANGE_EVERY_NANOS) {
      return settled(Outcome.SOON);
    }
    return stores
        .executions
        .replace(next.id(), before, next)
        .map(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Optional.of(written(cached, next, before.version() + 1))
                    : Optional.empty());
  }

  private Outcome written(CachedExecution cached, Execution next, long version) {
    cached.writtenAt = ticker.nanos();
    cached.execution(new VersionedEntity<>(next, version));
    ChangeFeed.announce(vertx, new ExecutionChanged(next, version));
    if (next.afterDue() != null) {
      BusAdapter.announce(vertx, BusAddresses.AFTER_DUE, new ExecutionRef(next.id()));
    }
    if (next.state().terminal()) {
      return Outcome.OVER;
    }
    return cached.allTasksOver() ? Outcome.SOON : Outcome.DONE;
  }

  /**
   * Reads the execution again when all tasks are over and it is not: it may have been planned
   * meanwhile.
   */
  private Future<Optional<Outcome>> unchanged(
      CachedExecution cached, VersionedEntity<Execution> before) {
    if (before.value().state().terminal()) {
      return settled(Outcome.OVER);
    }
    if (!cached.allTasksOver()) {
      return settled(Outcome.DONE);
    }
    return reread(cached)
        .map(now -> now.execution() == before ? Optional.of(Outcome.SOON) : Optional.empty());
  }

  private Future<CachedExecution> reread(CachedExecution cached) {
    cached.outdated = false;
    return stores
        .executions
        .get(cached.execution().value().id())
        .map(
            found -> {
              cached.execution(found);
              return cached;
            });
  }

  private static Future<Optional<Outcome>> settled(Outcome outcome) {
    return Future.succeededFuture(Optional.of(outcome));
  }
}
