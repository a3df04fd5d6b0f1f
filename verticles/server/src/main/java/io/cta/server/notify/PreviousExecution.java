package io.cta.server.notify;

import io.cta.domain.Execution;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds the execution before another one. */
final class PreviousExecution {
  private final StoreRepositories stores;

  PreviousExecution(StoreRepositories stores) {
    this.stores = stores;
  }

  /**
   * The last execution that was asked for before it and is over, of the same scenario and the same
   * branch; an execution without a branch is compared with others without one.
   */
  Future<Optional<Execution>> of(Execution execution) {
    String branch = execution.source() == null ? null : execution.source().branch();
    DocumentFilter same =
        DocumentFilter.eq("scenarioId", execution.scenarioId())
            .and("id", Op.LT, execution.id())
            .and("result", Op.EXISTS);
    DocumentFilter filter =
        branch == null
            ? same.and("source.branch", Op.MISSING)
            : same.and("source.branch", Op.EQ, branch);
    return stores
        .executions
        .find(DocumentQuery.of(StoreCollections.EXECUTIONS, filter, 1).sortedBy("id", true))
        .map(page -> page.items().stream().findFirst().map(VersionedEntity::value));
  }
}
