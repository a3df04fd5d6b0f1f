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
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores what was asked of an execution and then the execution, at once, and tells those who have
 * to act on it. Safe from any event loop.
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
   * Makes the execution; one that is there already is answered as it is.
   *
   * @param reservation written before everything else, or null; when it loses nothing is made, and
   *     the failure is a {@link ReservationTaken}
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
              boolean all =
                  outcomes.size() == steps.size()
                      && outcomes.stream().allMatch(Outcome.DONE::equals);
              return all ? Future.succeededFuture(announced(fresh, spec)) : existing(spec.id());
            });
  }

  /** One whose creation was cut off between its spec and itself is finished with that spec. */
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

  /** A disk that has filled up since it was last checked. */
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
