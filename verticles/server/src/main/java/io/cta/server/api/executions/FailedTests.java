package io.cta.server.api.executions;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.state.StatusFold;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tests of an ended execution that did not end ok on some machine. */
final class FailedTests {
  private static final int PAGE = 2000;

  private final StoreRepositories stores;

  FailedTests(StoreRepositories stores) {
    this.stores = stores;
  }

  Future<Set<String>> of(Execution execution) {
    Map<String, StatusFold> tasks = new HashMap<>();
    DocumentQuery query =
        DocumentQuery.of(
            StoreCollections.STATUSES, DocumentFilter.eq("executionId", execution.id()), PAGE);
    return stores
        .statuses
        .each(
            query,
            found -> {
              Status status = found.value();
              tasks.computeIfAbsent(status.taskId(), id -> new StatusFold()).add(status);
            })
        .map(done -> failed(tasks));
  }

  private static Set<String> failed(Map<String, StatusFold> tasks) {
    Set<String> out = new HashSet<>();
    for (StatusFold fold : tasks.values()) {
      fold.sum(List.of())
          .tests()
          .forEach(
              (test, result) -> {
                if (result != Result.OK) {
                  out.add(test);
                }
              });
    }
    return out;
  }
}
