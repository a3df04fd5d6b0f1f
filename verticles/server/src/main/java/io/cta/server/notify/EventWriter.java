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
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.events.ExecutionEventView;
import io.cta.server.view.events.FailureEventView;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes what a message says, small enough for every receiver. */
final class EventWriter {
  /** Bytes of a body at most, as Standard Webhooks recommends. */
  static final int MAX_BYTES = 20_000;

  private static final int MAX_FAILURES = 20;
  private static final int MAX_READ = 100;

  private final StoreRepositories stores;
  private final Function<String, String> links;

  /**
   * @param links the address at which people look at the execution with an id
   */
  EventWriter(StoreRepositories stores, Function<String, String> links) {
    this.stores = stores;
    this.links = links;
  }

  String link(Execution execution) {
    return links.apply(execution.id());
  }

  /**
   * The message that an execution is over.
   *
   * @param handler the place of the handler that tells
   */
  Future<ExecutionEventView> write(Execution execution, int handler) {
    return failures(execution).map(found -> fitting(execution, handler, found));
  }

  /** Leaves out failures from the end until the message is small enough. */
  private ExecutionEventView fitting(Execution execution, int handler, Failures found) {
    List<FailureEventView> some = found.views();
    boolean cut = found.cut();
    while (true) {
      ExecutionEventView event =
          ExecutionEventView.of(execution, handler, some, cut, link(execution));
      int bytes = ViewEncoder.text(event).getBytes(StandardCharsets.UTF_8).length;
      if (some.isEmpty() || bytes <= MAX_BYTES) {
        return event;
      }
      some = some.subList(0, some.size() - 1);
      cut = true;
    }
  }

  private record Failures(List<FailureEventView> views, boolean cut) {}

  private Future<Failures> failures(Execution execution) {
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
                  .map(last -> cut(last, page.next() != null));
            });
  }

  private static Failures cut(List<Status> statuses, boolean more) {
    return new Failures(
        statuses.stream().limit(MAX_FAILURES).map(FailureEventView::of).toList(),
        more || statuses.size() > MAX_FAILURES);
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
