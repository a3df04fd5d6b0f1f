package io.cta.server.aggregation;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionRef;
import io.cta.error.FailureLogLimiter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the executions of one partition up to date; deploy one per partition. Changes that come
 * while an execution is being written are combined in the next write.
 */
public final class AggregationVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AggregationVerticle.class);
  private static final int MAX_BUSY = 64;
  private static final int MAX_KNOWN = 10_000;
  private static final int PAGE = 1_000;

  private final int partition;
  private final int partitions;
  private final StoreRepositories stores;
  private final MonotonicClock ticker;
  private final UpdateQueue queue = new UpdateQueue(MAX_BUSY);
  private final KnownExecutions known = new KnownExecutions(MAX_KNOWN, queue);
  private final FailureLogLimiter failures = new FailureLogLimiter("the recomputing of executions");
  private ExecutionUpdater executionUpdater;
  private boolean woken;

  public AggregationVerticle(
      int partition, int partitions, StoreRepositories stores, MonotonicClock ticker) {
    this.partition = partition;
    this.partitions = partitions;
    this.stores = stores;
    this.ticker = ticker;
  }

  @Override
  public Future<?> start() {
    executionUpdater = new ExecutionUpdater(vertx, stores, ticker);
    ChangeFeed.hearTasks(
        vertx,
        partition,
        partitions,
        (changed, origin) -> schedule(changed.task().executionId(), known.heard(changed, origin)));
    ChangeFeed.hearExecutions(
        vertx,
        partition,
        partitions,
        (changed, origin) -> schedule(changed.execution().id(), known.heard(changed, origin)));
    BusAdapter.<ExecutionRef>serve(
        vertx,
        BusAddresses.aggregation(partition),
        ref -> executionUpdater.of(ref.executionId(), new CachedExecution()).map((Object) null));
    return stores.executions.each(
        DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, PAGE),
        stored -> scheduleMine(stored.value().id()));
  }

  private void scheduleMine(String executionId) {
    if (BusAddresses.partition(executionId, partitions) == partition) {
      schedule(executionId, UpdateTime.NOW);
    }
  }

  private void schedule(String executionId, UpdateTime time) {
    if (time.delayed()) {
      vertx.setTimer(
          time.delay().toMillis(), t -> schedule(executionId, known.waited(executionId, time)));
    } else if (time == UpdateTime.NOW) {
      queue.mark(executionId);
      wake();
    }
  }

  /** Changes of the same turn of the event loop cause one update. */
  private void wake() {
    if (!woken) {
      woken = true;
      context.runOnContext(
          v -> {
            woken = false;
            queue.takeDue().forEach(this::update);
          });
    }
  }

  private void update(String executionId) {
    executionUpdater
        .of(executionId, known.get(executionId))
        .onComplete(outcome -> updated(executionId, outcome), cause -> failed(executionId, cause));
  }

  private void updated(String executionId, ExecutionUpdater.Outcome outcome) {
    failures.succeeded();
    settled(executionId, known.updated(executionId, outcome));
  }

  private void failed(String executionId, Throwable cause) {
    log.debug(
        "execution not recomputed [execution: {}] [cause: {}]", executionId, cause.toString());
    failures.failed(cause);
    settled(executionId, known.failed(executionId, cause));
  }

  private void settled(String executionId, UpdateTime next) {
    schedule(executionId, next);
    if (queue.hasMarked()) {
      wake();
    }
  }
}
