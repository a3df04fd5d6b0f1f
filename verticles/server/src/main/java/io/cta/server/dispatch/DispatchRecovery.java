package io.cta.server.dispatch;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Reads what was under way from the store at the start, page by page. */
final class DispatchRecovery {
  private static final int MACHINES_PAGE = 1_000;
  private static final int EXECUTIONS_PAGE = 100;
  private static final int MAX_ENDED = 1_000;

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
    DocumentQuery all =
        DocumentQuery.of(StoreCollections.MACHINES, DocumentFilter.ALL, MACHINES_PAGE);
    return stores.machines.each(
        all, machine -> schedulingState.fleet.load(machine.value(), machine.version()));
  }

  /** Opens an entry for each planned execution that is not over; has the others planned. */
  Future<Void> executions() {
    return stores.executions.pages(
        DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, EXECUTIONS_PAGE),
        page -> Future.all(page.stream().map(found -> take(found.value())).toList()).mapEmpty());
  }

  /** The executions whose cancel must be carried out again. */
  List<String> cancelled() {
    return cancelled;
  }

  /**
   * The executions that ended last and may have left a group queue behind. Queues of older ones go
   * when retention removes the execution.
   */
  Future<List<String>> leftQueues() {
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
        DocumentQuery.of(StoreCollections.EXECUTIONS, over, MAX_ENDED).sortedBy("finishedAt", true);
    return stores.executions.find(last).map(DispatchRecovery::pulled);
  }

  /** Those whose tasks machines pull from a queue of the execution. */
  private static List<String> pulled(QueryPage<VersionedEntity<Execution>> page) {
    return page.items().stream()
        .map(VersionedEntity::value)
        .filter(e -> e.mode() == RunMode.GROUP || e.mode() == RunMode.PARALLEL)
        .map(Execution::id)
        .toList();
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
