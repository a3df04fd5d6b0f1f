package io.cta.server.api.executions;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.FieldFilters;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.api.http.ReservedCreation;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Executions: start, read, repeat. */
public final class ExecutionResource {
  private final StoreRepositories stores;
  private final ExecutionStarter starter;
  private final FailedTests failedTests;
  private final ListPager<Execution> executions;
  private final ListPager<Task> tasks;
  private final ListPager<Status> statuses;

  public ExecutionResource(StoreRepositories stores, ExecutionStarter starter) {
    this.stores = stores;
    this.starter = starter;
    this.failedTests = new FailedTests(stores);
    this.executions =
        new ListPager<>(stores.executions, ExecutionView::withoutSnapshot, "snapshot");
    this.tasks = new ListPager<>(stores.tasks, TaskView::of);
    this.statuses = new ListPager<>(stores.statuses, StatusView::of);
  }

  public void register(OperationRegistry operations) {
    operations.making("startExecution", this::start);
    operations.making("rerunExecution", this::rerun);
    operations.on("listExecutions", this::list);
    operations.on("getExecution", this::get);
    operations.on("listExecutionTasks", this::tasks);
    operations.on("listExecutionStatuses", this::statuses);
  }

  /** An execution that is made by one write with the reservation of its key. */
  private abstract class ExecutionCreation implements ReservedCreation {
    @Override
    public Future<Optional<ApiResponse>> existing(String id) {
      return stores.executions.find(id).map(found -> found.map(ExecutionResource::accepted));
    }
  }

  private ReservedCreation start(ApiRequest call) {
    return new ExecutionCreation() {
      @Override
      public Future<ApiResponse> create(String id, DocumentWrite reservation) {
        return start(call, id, reservation);
      }
    };
  }

  private ReservedCreation rerun(ApiRequest call) {
    return new ExecutionCreation() {
      @Override
      public Future<ApiResponse> create(String id, DocumentWrite reservation) {
        return rerun(call, id, reservation);
      }
    };
  }

  private Future<ApiResponse> start(ApiRequest call, String id, DocumentWrite reservation) {
    JsonObject body = call.body();
    Map<String, String> parameters =
        body.getJsonObject("parameters", new JsonObject()).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> (String) e.getValue()));
    ExecutionTimeouts timeouts =
        body.containsKey("timeouts")
            ? JsonMapping.fromObject(body.getJsonObject("timeouts"), ExecutionTimeouts.class)
            : null;
    return starter
        .start(
            new ScenarioStartRequest(
                id,
                body.getString("scenario"),
                parameters,
                body.getInteger("priority"),
                timeouts,
                call.who().name()),
            reservation)
        .map(ExecutionResource::accepted);
  }

  private Future<ApiResponse> rerun(ApiRequest call, String id, DocumentWrite reservation) {
    boolean failed = "failed".equals(call.body().getString("only"));
    return stores
        .executions
        .get(call.path("id"))
        .map(VersionedEntity::value)
        .compose(
            original -> {
              if (!original.state().terminal()) {
                throw new ServiceFailure(ErrorCode.CONFLICT, "the execution is not over yet");
              }
              return (failed ? failedTests.of(original) : Future.<Set<String>>succeededFuture())
                  .compose(
                      tests -> starter.repeat(original, tests, id, call.who().name(), reservation));
            })
        .map(ExecutionResource::accepted);
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
              String sort = call.text("sort") == null ? "-id" : call.text("sort");
              return executions.page(call, all, sort);
            });
  }

  /** By id while the scenario is there, by the name it had when it is gone. */
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
    return stores
        .executions
        .get(call.path("id"))
        .map(
            found ->
                ApiResponse.ok(ExecutionView.of(found.value()))
                    .tag(String.valueOf(found.version())));
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

  static ApiResponse accepted(VersionedEntity<Execution> execution) {
    return ApiResponse.of(202, ExecutionView.of(execution.value()))
        .with("Location", "/api/v1/executions/" + execution.value().id());
  }
}
