package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds how the tests of a scenario went the last time they were shared out. */
final class Past {
  private static final int LOOK_BACK = 20;
  private static final int MAX_TASKS = 2_000;

  private final Stores stores;

  Past(Stores stores) {
    this.stores = stores;
  }

  Future<TestHistory> of(Execution execution) {
    if (execution.mode() != RunMode.PARALLEL || execution.scenarioId() == null) {
      return Future.succeededFuture(TestHistory.NONE);
    }
    Filter same = Filter.eq("scenarioId", execution.scenarioId());
    Query newest =
        Query.of(Collections.EXECUTIONS, same, LOOK_BACK).sortedBy("id", true).omitting("snapshot");
    return stores
        .executions
        .find(newest)
        .compose(
            page -> {
              Optional<Execution> last =
                  page.items().stream()
                      .map(Stored::value)
                      .filter(e -> e.mode() == RunMode.PARALLEL && e.state() == State.FINISHED)
                      .findFirst();
              return last.isEmpty()
                  ? Future.succeededFuture(TestHistory.NONE)
                  : history(last.get().id());
            });
  }

  private Future<TestHistory> history(String executionId) {
    Filter tasks = Filter.eq("executionId", executionId);
    return stores
        .tasks
        .find(Query.of(Collections.TASKS, tasks, MAX_TASKS))
        .map(page -> TestHistory.of(page.items().stream().<Task>map(Stored::value).toList()));
  }
}
