package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.TestHistory;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Reads how the tests of a scenario went in its last parallel execution. */
final class TestHistoryLoader {
  private static final int MAX_EXECUTIONS_BACK = 20;
  private static final int MAX_TASKS = 2_000;

  private final StoreRepositories stores;

  TestHistoryLoader(StoreRepositories stores) {
    this.stores = stores;
  }

  Future<TestHistory> of(Execution execution) {
    if (execution.mode() != RunMode.PARALLEL || execution.scenarioId() == null) {
      return Future.succeededFuture(TestHistory.NONE);
    }
    DocumentFilter same = DocumentFilter.eq("scenarioId", execution.scenarioId());
    DocumentQuery newest =
        DocumentQuery.of(StoreCollections.EXECUTIONS, same, MAX_EXECUTIONS_BACK)
            .sortedBy("id", true);
    return stores
        .executions
        .find(newest)
        .compose(
            page -> {
              Optional<Execution> last =
                  page.items().stream()
                      .map(VersionedEntity::value)
                      .filter(e -> e.mode() == RunMode.PARALLEL && e.state() == State.FINISHED)
                      .findFirst();
              return last.isEmpty()
                  ? Future.succeededFuture(TestHistory.NONE)
                  : history(last.get().id());
            });
  }

  private Future<TestHistory> history(String executionId) {
    DocumentFilter tasks = DocumentFilter.eq("executionId", executionId);
    return stores
        .tasks
        .find(DocumentQuery.of(StoreCollections.TASKS, tasks, MAX_TASKS))
        .map(
            page ->
                TestHistory.of(page.items().stream().<Task>map(VersionedEntity::value).toList()));
  }
}
