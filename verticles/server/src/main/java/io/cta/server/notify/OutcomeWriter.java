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
import io.cta.server.store.CompareAndSetLoop;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes into executions what became of their deliveries. Event loop of its verticle only. */
final class OutcomeWriter {
  private static final int PAGE = 500;
  private static final int MAX_TRIES = 100;
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
   * @return how the execution has it then; empty when it has no such handler or is not there
   */
  Future<Optional<AfterState>> write(Delivery ended) {
    return write(ended, MAX_WAITS)
        .recover(
            e ->
                ServiceFailure.is(e, ErrorCode.NOT_FOUND)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(e));
  }

  private Future<Optional<AfterState>> write(Delivery ended, int waits) {
    String id = ended.executionId();
    return new CompareAndSetLoop<>("execution " + id, MAX_TRIES, () -> stores.executions.get(id))
        .run(found -> folded(ended, found))
        .compose(
            state ->
                state.filter(AfterState.DUE::equals).isPresent() && waits > 0
                    ? later(ended, waits)
                    : Future.succeededFuture(state));
  }

  /** Its handler is being carried out by another node, which then stores its outcome. */
  private Future<Optional<AfterState>> later(Delivery ended, int waits) {
    return vertx
        .timer(WAIT_MILLIS, TimeUnit.MILLISECONDS)
        .compose(later -> write(ended, waits - 1));
  }

  /** Reads the deliveries after the execution: what it overwrites knew of no more than they say. */
  private Future<Optional<Optional<AfterState>>> folded(
      Delivery ended, VersionedEntity<Execution> found) {
    return deliveries(ended)
        .compose(
            all -> {
              Execution changed = changed(found.value(), ended, all);
              Optional<AfterState> state = state(changed, ended);
              return changed == found.value()
                  ? Future.succeededFuture(Optional.of(state))
                  : stored(found, changed)
                      .map(done -> done ? Optional.of(state) : Optional.empty());
            });
  }

  private Future<Boolean> stored(VersionedEntity<Execution> found, Execution changed) {
    return stores
        .executions
        .replace(changed.id(), found, changed)
        .map(
            outcome -> {
              if (outcome == Outcome.DONE) {
                ChangeFeed.announce(vertx, new ExecutionChanged(changed, found.version() + 1));
              }
              return outcome == Outcome.DONE;
            });
  }

  private Future<List<Delivery>> deliveries(Delivery ended) {
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
        .map(all);
  }

  private static Optional<AfterState> state(Execution execution, Delivery delivery) {
    return execution.after().stream()
        .filter(outcome -> outcome.handler() == delivery.handler())
        .map(AfterOutcome::state)
        .findFirst();
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
