package io.cta.server.export;

import io.cta.domain.AskedExecution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.cta.state.StatusSelection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Writes executions in the formats of other programs, task by task: only one task's statuses are in
 * memory, and no more is read than the reader takes. Any event loop.
 */
public final class ExecutionExporter {
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final StoreRepositories stores;

  public ExecutionExporter(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /** Completes with what there is to write; fails with NOT_FOUND. */
  public Future<ExportSource> read(String executionId) {
    return stores
        .executions
        .get(executionId)
        .compose(
            found ->
                stores.specs.get(executionId).map(spec -> new AskedExecution(found.value(), spec)))
        .compose(asked -> tasks(executionId).map(tasks -> new ExportSource(asked, tasks)));
  }

  /**
   * Writes all of it.
   *
   * @param link of the execution's page, or null
   * @param reader takes each text, never empty, and completes when it has room for the next
   */
  public Future<Void> write(
      ExportSource source,
      ExportFormat format,
      String link,
      Function<String, Future<Void>> reader) {
    ExportWriter writer = format.writer(link);
    List<TaskView> views = source.tasks().stream().map(TaskView::of).toList();
    ExecutionView execution = ExecutionView.of(source.asked());
    Future<Void> done = write(reader, () -> writer.begin(execution, views));
    for (Task task : source.tasks()) {
      done =
          done.compose(v -> effective(task))
              .compose(
                  statuses -> write(reader, () -> writer.task(TaskView.of(task), views(statuses))));
    }
    return done.compose(v -> write(reader, writer::end));
  }

  private Future<List<Task>> tasks(String executionId) {
    List<Task> tasks = new ArrayList<>();
    DocumentQuery all =
        DocumentQuery.of(
            StoreCollections.TASKS, DocumentFilter.eq("executionId", executionId), PAGE);
    return stores
        .tasks
        .each(all, found -> tasks.add(found.value()))
        .map(
            done -> {
              tasks.sort(Comparator.comparingInt(Task::ordinal));
              return List.copyOf(tasks);
            });
  }

  private static List<StatusView> views(List<Status> statuses) {
    return statuses.stream().map(StatusView::of).toList();
  }

  private Future<List<Status>> effective(Task task) {
    StatusSelection effective = new StatusSelection();
    DocumentQuery all =
        DocumentQuery.of(StoreCollections.STATUSES, DocumentFilter.eq("taskId", task.id()), PAGE);
    return stores
        .statuses
        .each(all, found -> effective.add(found.value()))
        .map(done -> effective.inOrder(task.testIds()));
  }

  /** Makes the next text beside the event loop. */
  private Future<Void> write(Function<String, Future<Void>> reader, Callable<String> text) {
    return vertx
        .executeBlocking(text)
        .compose(made -> made.isEmpty() ? Future.succeededFuture() : reader.apply(made));
  }
}
