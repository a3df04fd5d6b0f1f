package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds executions in the store that dispatch has missed: a request to plan or to cancel was lost,
 * or there was no room for them. It walks through all that are not over, a page every few ticks.
 */
final class ExecutionScanner {
  private static final Logger log = LoggerFactory.getLogger(ExecutionScanner.class);
  private static final int PAGE = 500;
  private static final int TICKS_PER_PAGE = 5;

  private final StoreRepositories stores;
  private final PlanningQueue planning;
  private final Consumer<Execution> endWanted;
  private final Consumer<Execution> active;
  private String after;
  private int ticks;

  /**
   * @param endWanted hears of executions that somebody wants to end
   * @param active hears of all that are not over
   */
  ExecutionScanner(
      StoreRepositories stores,
      PlanningQueue planning,
      Consumer<Execution> endWanted,
      Consumer<Execution> active) {
    this.endWanted = endWanted;
    this.active = active;
    this.stores = stores;
    this.planning = planning;
  }

  void tick() {
    if (++ticks % TICKS_PER_PAGE != 0) {
      return;
    }
    DocumentQuery active = DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, PAGE);
    stores
        .executions
        .find(after == null ? active : active.after(after))
        .onSuccess(this::found)
        .onFailure(e -> log.warn("executions not searched", e));
  }

  private void found(QueryPage<VersionedEntity<Execution>> page) {
    after = page.next();
    for (VersionedEntity<Execution> found : page.items()) {
      Execution execution = found.value();
      active.accept(execution);
      if (!execution.planned()) {
        planning.add(execution.id());
      }
      if (execution.cancelRequestedAt() != null) {
        endWanted.accept(execution);
      }
    }
  }
}
