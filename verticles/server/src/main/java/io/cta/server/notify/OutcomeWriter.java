package io.cta.server.notify;

import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes into executions what became of their deliveries. Event loop of its verticle only. */
final class OutcomeWriter {
  private static final int PAGE = 500;
  private static final int MAX_WAITS = 60;
  private static final long WAIT_MILLIS = 500;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Clock clock;

  OutcomeWriter(Vertx vertx, StoreRepositories stores, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * Writes it before the delivery itself is stored, so that a crash in between leads to one more
   * delivery and not to an outcome that nobody corrects.
   *
   * @param ended the delivery as it is going to be stored
   * @return false when the execution is no longer there
   */
  Future<Boolean> write(Delivery ended) {
    return write(ended, MAX_WAITS);
  }

  private Future<Boolean> write(Delivery ended, int waits) {
    DocumentQuery query =
        DocumentQuery.of(
                StoreCollections.DELIVERIES,
                DocumentFilter.eq("executionId", ended.executionId()),
                PAGE)
            .omitting("body");
    List<Delivery> all = new ArrayList<>();
    return stores
        .deliveries
        .each(
            query,
            found -> {
              Delivery one = found.value();
              if (one.handler() == ended.handler()) {
                all.add(one.id().equals(ended.id()) ? ended : one);
              }
            })
        .compose(v -> stores.executions.find(ended.executionId()))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(false);
              }
              if (state(found.get().value(), ended) == AfterState.DUE && waits > 0) {
                // its handler is being carried out by another node, which then stores its outcome
                return vertx
                    .timer(WAIT_MILLIS, TimeUnit.MILLISECONDS)
                    .compose(later -> write(ended, waits - 1));
              }
              return stores
                  .executions
                  .update(ended.executionId(), found.get(), now -> changed(now, ended, all))
                  .map(
                      stored -> {
                        if (stored.version() != found.get().version()) {
                          ChangeFeed.announce(
                              vertx, new ExecutionChanged(stored.value(), stored.version()));
                        }
                        return true;
                      });
            })
        .recover(
            e ->
                ServiceFailure.is(e, ErrorCode.NOT_FOUND)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(e));
  }

  private static AfterState state(Execution execution, Delivery delivery) {
    return execution.after().stream()
        .filter(outcome -> outcome.handler() == delivery.handler())
        .map(AfterOutcome::state)
        .findFirst()
        .orElse(AfterState.DONE);
  }

  private Execution changed(Execution now, Delivery ended, List<Delivery> all) {
    List<AfterOutcome> outcomes =
        now.after().stream()
            .map(
                outcome ->
                    outcome.handler() == ended.handler() && !outcome.state().open()
                        ? DeliveryFold.fold(outcome, all, clock.instant())
                        : outcome)
            .toList();
    return outcomes.equals(now.after())
        ? now
        : ExecutionBuilder.builder(now).after(outcomes).build();
  }
}
