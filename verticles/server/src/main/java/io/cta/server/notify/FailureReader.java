package io.cta.server.notify;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what failed in an execution, as far as a message can say it. */
final class FailureReader {
  private static final int MAX_READ = 100;

  private final StoreRepositories stores;

  FailureReader(StoreRepositories stores) {
    this.stores = stores;
  }

  /**
   * The first failures of an execution.
   *
   * @param cut true when there are more
   */
  record Failures(List<Status> statuses, boolean cut) {}

  Future<Failures> of(Execution execution) {
    if (execution.counts().failed() == 0) {
      return Future.succeededFuture(new Failures(List.of(), false));
    }
    DocumentQuery failed =
        DocumentQuery.of(
            StoreCollections.STATUSES,
            DocumentFilter.eq("executionId", execution.id())
                .and("result", DocumentFilter.Op.EQ, Result.FAILED.wire()),
            MAX_READ);
    return stores
        .statuses
        .find(failed)
        .compose(
            page -> {
              List<Status> statuses = page.items().stream().map(VersionedEntity::value).toList();
              return tasks(statuses)
                  .map(tasks -> statuses.stream().filter(s -> counts(s, tasks)).toList())
                  .map(last -> new Failures(last, page.next() != null));
            });
  }

  private Future<Map<String, Task>> tasks(List<Status> statuses) {
    Map<String, Task> out = new HashMap<>();
    Future<Void> done = Future.succeededFuture();
    for (String id : statuses.stream().map(Status::taskId).distinct().toList()) {
      done =
          done.compose(v -> stores.tasks.find(id))
              .map(
                  found -> {
                    found.ifPresent(task -> out.put(id, task.value()));
                    return null;
                  });
    }
    return done.map(out);
  }

  /** True unless the test was tried again later. */
  private static boolean counts(Status status, Map<String, Task> tasks) {
    Task task = tasks.get(status.taskId());
    return task == null
        || status.attempt() == task.attempt()
        || !task.attemptTestIds().contains(status.testId());
  }
}
