package io.cta.server.api.executions;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.FieldFilters;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.Future;

/** Reads executions, with their tasks and statuses. */
public final class ExecutionResource {
  private final StoreRepositories stores;
  private final ListPager<Execution> executions;
  private final ListPager<Task> tasks;
  private final ListPager<Status> statuses;

  public ExecutionResource(StoreRepositories stores) {
    this.stores = stores;
    this.executions = new ListPager<>(stores.executions, ExecutionView::withoutSnapshot);
    this.tasks = new ListPager<>(stores.tasks, TaskView::of);
    this.statuses = new ListPager<>(stores.statuses, StatusView::of);
  }

  public void register(OperationRegistry operations) {
    operations.on("listExecutions", this::list);
    operations.on("getExecution", this::get);
    operations.on("listExecutionTasks", this::tasks);
    operations.on("listExecutionStatuses", this::statuses);
  }

  private Future<ApiResponse> list(ApiRequest call) {
    return scenarioFilter(call.text("scenario"))
        .compose(
            filter -> {
              DocumentFilter all = filter;
              if (!call.words("state").isEmpty()) {
                all = all.and("state", DocumentFilter.Op.IN, call.words("state").toArray());
              }
              if (!call.words("result").isEmpty()) {
                all = all.and("result", DocumentFilter.Op.IN, call.words("result").toArray());
              }
              all = FieldFilters.equal(all, call, "group", "requestedBy");
              all =
                  FieldFilters.equalBelow(
                      "source.", all, call, "branch", "commit", "changeRequest");
              String sort = call.text("sort") == null ? "-id" : call.text("sort");
              return executions.page(call, all, sort);
            });
  }

  /** Filters by id while the scenario exists, by the name it had once it is deleted. */
  private Future<DocumentFilter> scenarioFilter(String key) {
    if (key == null) {
      return Future.succeededFuture(DocumentFilter.ALL);
    }
    return IdOrNameLookup.find(stores.scenarios, key)
        .map(
            found ->
                found
                    .map(scenario -> DocumentFilter.eq("scenarioId", scenario.value().id()))
                    .orElseGet(() -> DocumentFilter.eq("scenarioName", key)));
  }

  private Future<ApiResponse> get(ApiRequest call) {
    String id = call.path("id");
    return stores
        .executions
        .get(id)
        .compose(
            found ->
                stores
                    .specs
                    .get(id)
                    .map(spec -> ExecutionView.of(new AskedExecution(found.value(), spec)))
                    .map(view -> ApiResponse.ok(view).tag(String.valueOf(found.version()))));
  }

  private Future<ApiResponse> tasks(ApiRequest call) {
    return existing(call)
        .compose(
            filter ->
                tasks.page(call, FieldFilters.equal(filter, call, "state", "machineId"), "id"));
  }

  private Future<ApiResponse> statuses(ApiRequest call) {
    return existing(call)
        .compose(
            filter -> {
              DocumentFilter all =
                  FieldFilters.equal(filter, call, "taskId", "testId", "result", "machineId");
              if (call.text("case") != null) {
                all = all.and("name", DocumentFilter.Op.EQ, call.text("case"));
              }
              if (call.flag("skipped") != null) {
                all = all.and("skipped", DocumentFilter.Op.EQ, call.flag("skipped"));
              }
              if (call.number("attempt", 0) > 0) {
                all = all.and("attempt", DocumentFilter.Op.EQ, call.number("attempt", 0));
              }
              return statuses.page(call, all, "id");
            });
  }

  private Future<DocumentFilter> existing(ApiRequest call) {
    String id = call.path("id");
    return stores
        .documents
        .get(StoreCollections.EXECUTIONS, id)
        .map(
            found -> {
              found.orElseThrow(() -> ServiceFailure.notFound("execution", id));
              return DocumentFilter.eq("executionId", id);
            });
  }
}
