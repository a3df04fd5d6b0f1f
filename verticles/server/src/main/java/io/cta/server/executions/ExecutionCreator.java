package io.cta.server.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.disk.DiskFullDetector;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores the spec of an execution and the execution in one call, announces it and asks dispatch to
 * plan it. Safe from any event loop.
 */
final class ExecutionCreator {
  private static final long PLAN_TIMEOUT_MILLIS = 5_000;

  private final Vertx vertx;
  private final StoreRepositories stores;

  ExecutionCreator(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /**
   * Creates the execution; returns the stored one if it exists already.
   *
   * @param reservation written before everything else, or null; if it is taken already, nothing is
   *     created and the failure is a {@link ReservationTaken}
   */
  Future<AskedExecution> create(ExecutionSpec spec, DocumentWrite reservation) {
    Execution fresh = fresh(spec);
    List<WriteStep> steps = new ArrayList<>();
    if (reservation != null) {
      steps.add(WriteStep.needed(reservation));
    }
    steps.add(WriteStep.needed(stores.specs.inserting(spec)));
    steps.add(WriteStep.needed(stores.executions.inserting(fresh.id(), fresh)));
    return stores
        .documents
        .applySteps(steps)
        .recover(ExecutionCreator::named)
        .compose(
            outcomes -> {
              if (reservation != null && outcomes.get(0) != Outcome.DONE) {
                return Future.failedFuture(new ReservationTaken());
              }
              boolean all = outcomes.size() == steps.size() && ScopeRevisions.allDone(outcomes);
              return all ? Future.succeededFuture(announced(fresh, spec)) : existing(spec.id());
            });
  }

  /**
   * Returns the stored execution; if only its spec was stored before a crash, creates it from that
   * spec.
   */
  private Future<AskedExecution> existing(String id) {
    return stores
        .specs
        .get(id)
        .compose(
            spec -> {
              Execution fresh = fresh(spec);
              return stores
                  .executions
                  .insert(id, fresh)
                  .compose(
                      outcome ->
                          outcome == Outcome.DONE
                              ? Future.succeededFuture(announced(fresh, spec))
                              : stores
                                  .executions
                                  .get(id)
                                  .map(found -> new AskedExecution(found.value(), spec)));
            });
  }

  private AskedExecution announced(Execution execution, ExecutionSpec spec) {
    stores.specs.stored(spec);
    ExecutionChanged made = new ExecutionChanged(execution, 1);
    ChangeFeed.announce(vertx, made);
    // best effort: dispatch finds unplanned executions by itself too
    BusAdapter.ask(vertx, BusAddresses.DISPATCH_PLAN, made, PLAN_TIMEOUT_MILLIS);
    return new AskedExecution(execution, spec);
  }

  /** Turns the failure of a disk that has filled up since the last check into NO_SPACE. */
  private static <T> Future<T> named(Throwable failure) {
    return Future.failedFuture(
        DiskFullDetector.is(failure)
            ? new ServiceFailure(
                ErrorCode.NO_SPACE, "no execution is taken: " + failure.getMessage())
            : failure);
  }

  private static Execution fresh(ExecutionSpec spec) {
    Scenario scenario = spec.snapshot().scenario();
    return ExecutionBuilder.builder()
        .id(spec.id())
        .scenarioId(scenario.id())
        .scenarioName(scenario.name())
        .mode(spec.snapshot().configuration().mode())
        .group(scenario.group())
        .priority(scenario.priority())
        .state(State.PENDING)
        .requestedBy(spec.requestedBy())
        .requestedAt(spec.requestedAt())
        .running(scenario.timeouts().running())
        .rerunOf(spec.rerunOf())
        .build();
  }
}
