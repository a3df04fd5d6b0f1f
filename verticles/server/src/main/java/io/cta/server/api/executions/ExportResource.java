package io.cta.server.api.executions;

import io.cta.domain.AskedExecution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.export.ExportFormat;
import io.cta.server.export.ExportWriter;
import io.cta.server.http.HeadRequestHandler;
import io.cta.server.http.PublicAddress;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.cta.state.StatusSelection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends an execution in the format of another program, task by task: only one task's statuses are
 * in memory, and no more is read than the reader takes.
 */
public final class ExportResource {
  private static final int PAGE = 1_000;

  /** Each holds the statuses of one task in memory. */
  private static final int MAX_AT_ONCE = 4;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final PublicAddress address;
  private final AtomicInteger running = new AtomicInteger();

  public ExportResource(Vertx vertx, StoreRepositories stores, PublicAddress address) {
    this.vertx = vertx;
    this.stores = stores;
    this.address = address;
  }

  public void register(OperationRegistry operations) {
    operations.raw("exportExecution", this::export);
  }

  private void export(ApiRequest call) {
    String id = call.path("id");
    ExportFormat format =
        ExportFormat.of(call.text("format") == null ? "junit" : call.text("format"));
    if (running.incrementAndGet() > MAX_AT_ONCE) {
      running.decrementAndGet();
      call.ctx.fail(new ServiceFailure(ErrorCode.TOO_MANY, "too many exports run at once"));
      return;
    }
    stores
        .executions
        .get(id)
        .compose(found -> stores.specs.get(id).map(spec -> new AskedExecution(found.value(), spec)))
        .compose(asked -> tasks(id).compose(tasks -> send(call, format, asked, tasks)))
        .onComplete(done -> running.decrementAndGet())
        .onFailure(e -> failed(call, e));
  }

  /** An answer that has begun can only be cut off, so that nobody takes it for whole. */
  private static void failed(ApiRequest call, Throwable e) {
    if (call.ctx.response().headWritten()) {
      call.ctx.request().connection().close();
    } else {
      call.ctx.fail(e);
    }
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
              return tasks;
            });
  }

  private Future<Void> send(
      ApiRequest call, ExportFormat format, AskedExecution asked, List<Task> tasks) {
    HttpServerResponse response =
        call.ctx
            .response()
            .putHeader("Content-Type", format.contentType)
            .putHeader("Cache-Control", "no-store")
            .putHeader(
                "Content-Disposition",
                "attachment; filename=\"" + format.fileName(asked.id()) + "\"");
    if (HeadRequestHandler.is(call.ctx.request())) {
      return response.end();
    }
    response.setChunked(true);
    ExportWriter writer = format.writer(address.link("/#/executions/" + asked.id()));
    List<TaskView> views = tasks.stream().map(TaskView::of).toList();
    ExecutionView execution = ExecutionView.of(asked);
    Future<Void> done = write(response, () -> writer.begin(execution, views));
    for (Task task : tasks) {
      done =
          done.compose(
              v ->
                  effective(task)
                      .compose(
                          statuses ->
                              write(
                                  response,
                                  () -> writer.task(TaskView.of(task), views(statuses)))));
    }
    return done.compose(v -> write(response, writer::end)).compose(v -> response.end());
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

  /** Makes the next text beside the event loop, and waits until the reader has room for it. */
  private Future<Void> write(HttpServerResponse response, Callable<String> text) {
    return vertx
        .executeBlocking(text)
        .compose(
            made -> {
              if (response.closed()) {
                return Future.failedFuture("the reader is gone");
              }
              if (made.isEmpty()) {
                return Future.succeededFuture();
              }
              response.write(made);
              return drained(response);
            });
  }

  private static Future<Void> drained(HttpServerResponse response) {
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(v -> drained.tryComplete());
    response.closeHandler(v -> drained.tryFail("the reader is gone"));
    response.exceptionHandler(drained::tryFail);
    return drained.future();
  }
}
