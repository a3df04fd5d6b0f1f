package io.cta.server.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.disk.DiskFullDetector;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores the spec of an execution, the execution and its first tasks in one call, and announces the
 * execution. Safe from any event loop.
 */
public final class ExecutionCreator {
  private final Vertx vertx;
  private final StoreRepositories stores;

  public ExecutionCreator(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /**
   * What is in the store now.
   *
   * @param created false when the execution was there already, with other tasks
   */
  public record Creation(AskedExecution asked, boolean created) {}

  /** The execution as it is once its tasks are stored. */
  public static Execution planned(Execution execution, int taskCount) {
    return execution.planned()
        ? execution
        : ExecutionBuilder.builder(execution).planned(true).taskCount(taskCount).build();
  }

  /**
   * Creates the execution; finds the stored one if it exists already.
   *
   * @param tasks all of them, or none: then it is to be planned later
   * @return a {@link ReservationTaken} failure when the reservation is taken already: nothing is
   *     created then
   */
  public Future<Creation> create(ExecutionStart start, List<Task> tasks) {
    ExecutionSpec spec = start.asked().spec();
    Execution fresh = start.asked().execution();
    Execution last = tasks.isEmpty() ? fresh : planned(fresh, tasks.size());
    // a crash between two steps must not leave an execution that says it has tasks, without them
    boolean twice = last != fresh && !stores.documents.wholeSteps();
    List<WriteStep> steps = new ArrayList<>();
    if (start.reservation() != null) {
      steps.add(WriteStep.needed(start.reservation()));
    }
    steps.add(WriteStep.needed(stores.specs.inserting(spec)));
    steps.add(WriteStep.needed(stores.executions.inserting(fresh.id(), twice ? fresh : last)));
    if (!tasks.isEmpty()) {
      steps.add(
          new WriteStep(tasks.stream().map(t -> stores.tasks.inserting(t.id(), t)).toList(), true));
    }
    if (twice) {
      VersionedEntity<Execution> first = new VersionedEntity<>(fresh, 1);
      steps.add(WriteStep.needed(stores.executions.replacing(fresh.id(), first, last)));
    }
    int writes = steps.stream().mapToInt(step -> step.writes().size()).sum();
    return stores
        .documents
        .applySteps(steps)
        .recover(ExecutionCreator::named)
        .compose(
            outcomes -> {
              if (start.reservation() != null && outcomes.get(0) != Outcome.DONE) {
                return Future.failedFuture(new ReservationTaken());
              }
              boolean all = outcomes.size() == writes && ScopeRevisions.allDone(outcomes);
              return all
                  ? Future.succeededFuture(announced(last, twice ? 2 : 1, spec, true))
                  : existing(spec.id());
            });
  }

  /**
   * Returns the stored execution; if only its spec was stored before a crash, creates it from that
   * spec.
   */
  private Future<Creation> existing(String id) {
    return stores
        .specs
        .get(id)
        .compose(
            spec -> {
              Execution fresh = ExecutionStart.fresh(spec);
              return stores
                  .executions
                  .insert(id, fresh)
                  .compose(
                      outcome ->
                          outcome == Outcome.DONE
                              ? Future.succeededFuture(announced(fresh, 1, spec, false))
                              : stores
                                  .executions
                                  .get(id)
                                  .map(found -> new AskedExecution(found.value(), spec))
                                  .map(asked -> new Creation(asked, false)));
            });
  }

  private Creation announced(
      Execution execution, long version, ExecutionSpec spec, boolean created) {
    stores.specs.stored(spec);
    ChangeFeed.announce(vertx, new ExecutionChanged(execution, version));
    if (execution.reportDue() != null) {
      BusAdapter.announce(vertx, BusAddresses.REPORT_DUE, new ExecutionRef(execution.id()));
    }
    return new Creation(new AskedExecution(execution, spec), created);
  }

  /** Turns the failure of a disk that has filled up since the last check into NO_SPACE. */
  private static <T> Future<T> named(Throwable failure) {
    return Future.failedFuture(
        DiskFullDetector.is(failure)
            ? new ServiceFailure(
                ErrorCode.NO_SPACE, "no execution is taken: " + failure.getMessage())
            : failure);
  }
}
