package io.cta.server.dispatch;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Reads at start what was under way, page by page. */
final class DispatchRecovery {
  private static final int MACHINES = 1_000;
  private static final int EXECUTIONS = 100;
  private static final int ENDED = 1_000;

  private final StoreRepositories stores;
  private final SchedulingState schedulingState;
  private final PlanningQueue planning;
  private final List<String> cancelled = new ArrayList<>();

  DispatchRecovery(
      StoreRepositories stores, SchedulingState schedulingState, PlanningQueue planning) {
    this.stores = stores;
    this.schedulingState = schedulingState;
    this.planning = planning;
  }

  Future<Void> machines() {
    DocumentQuery all = DocumentQuery.of(StoreCollections.MACHINES, DocumentFilter.ALL, MACHINES);
    return stores.machines.each(
        all, machine -> schedulingState.fleet.load(machine.value(), machine.version()));
  }

  /** Opens a run for each planned execution that is not over; the others will be planned. */
  Future<Void> executions() {
    return stores.executions.pages(
        DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, EXECUTIONS),
        page -> Future.all(page.stream().map(found -> take(found.value())).toList()).mapEmpty());
  }

  /** Executions whose cancel was asked for, and is to be carried out again. */
  List<String> cancelled() {
    return cancelled;
  }

  /**
   * The executions that ended last, however long ago they were asked for: a queue of theirs may
   * have been left over. What is older goes when retention removes its execution.
   */
  Future<List<Execution>> ended() {
    DocumentFilter over =
        DocumentFilter.ALL
            .and(
                "state",
                DocumentFilter.Op.IN,
                State.FINISHED.wire(),
                State.CANCELLED.wire(),
                State.TIMEOUT.wire())
            .and("finishedAt", DocumentFilter.Op.EXISTS);
    DocumentQuery last =
        DocumentQuery.of(StoreCollections.EXECUTIONS, over, ENDED).sortedBy("finishedAt", true);
    return stores
        .executions
        .find(last)
        .map(page -> page.items().stream().<Execution>map(VersionedEntity::value).toList());
  }

  private Future<Void> take(Execution execution) {
    if (execution.cancelRequestedAt() != null) {
      cancelled.add(execution.id());
    }
    if (!execution.planned()) {
      planning.add(execution.id());
      return Future.succeededFuture();
    }
    return stores
        .specs
        .get(execution.id())
        .map(
            spec -> {
              schedulingState.open(new AskedExecution(execution, spec)).complete = true;
              return null;
            });
  }
}
