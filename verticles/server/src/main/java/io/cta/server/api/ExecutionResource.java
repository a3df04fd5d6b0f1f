package io.cta.server.api;

import io.cta.domain.Execution;
import io.cta.domain.Timeouts;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.executions.Named;
import io.cta.server.executions.StartRequest;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Executions: start, read, repeat. */
final class ExecutionResource {
  private final Stores stores;
  private final ExecutionStarter starter;
  private final FailedTests failedTests;
  private final Lists lists;

  ExecutionResource(Stores stores, ExecutionStarter starter) {
    this.stores = stores;
    this.starter = starter;
    this.failedTests = new FailedTests(stores);
    this.lists = new Lists(stores.documents);
  }

  void register(Operations operations) {
    operations.making("startExecution", this::start);
    operations.making("rerunExecution", this::rerun);
    operations.on("listExecutions", this::list);
    operations.on("getExecution", this::get);
    operations.on("listExecutionTasks", this::tasks);
    operations.on("listExecutionStatuses", this::statuses);
  }

  private Future<Answer> start(Call call, String id) {
    JsonObject body = call.body();
    Map<String, String> parameters =
        body.getJsonObject("parameters", new JsonObject()).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> (String) e.getValue()));
    Timeouts timeouts =
        body.containsKey("timeouts")
            ? Json.fromObject(body.getJsonObject("timeouts"), Timeouts.class)
            : null;
    return starter
        .start(
            new StartRequest(
                id,
                body.getString("scenario"),
                parameters,
                body.getInteger("priority"),
                timeouts,
                call.who().name()))
        .map(ExecutionResource::accepted);
  }

  private Future<Answer> rerun(Call call, String id) {
    boolean failed = "failed".equals(call.body().getString("only"));
    return stores
        .executions
        .get(call.path("id"))
        .map(Stored::value)
        .compose(
            original -> {
              if (!original.state().terminal()) {
                throw new ServiceFailure(ErrorCode.CONFLICT, "the execution is not over yet");
              }
              return (failed ? failedTests.of(original) : Future.<Set<String>>succeededFuture())
                  .compose(tests -> starter.repeat(original, tests, id, call.who().name()));
            })
        .map(ExecutionResource::accepted);
  }

  private Future<Answer> list(Call call) {
    return scenarioFilter(call.text("scenario"))
        .compose(
            filter -> {
              Filter all = filter;
              if (!call.words("state").isEmpty()) {
                all = all.and("state", Filter.Op.IN, call.words("state").toArray());
              }
              if (!call.words("result").isEmpty()) {
                all = all.and("result", Filter.Op.IN, call.words("result").toArray());
              }
              all = Filters.equal(all, call, "group", "requestedBy");
              String sort = call.text("sort") == null ? "-id" : call.text("sort");
              return lists.page(call, Collections.EXECUTIONS, all, sort, view -> view, "snapshot");
            });
  }

  /** By id while the scenario is there, by the name it had when it is gone. */
  private Future<Filter> scenarioFilter(String key) {
    if (key == null) {
      return Future.succeededFuture(Filter.ALL);
    }
    return Named.find(stores.scenarios, key)
        .map(
            found ->
                found
                    .map(scenario -> Filter.eq("scenarioId", scenario.value().id()))
                    .orElseGet(() -> Filter.eq("scenarioName", key)));
  }

  private Future<Answer> get(Call call) {
    String id = call.path("id");
    return stores
        .documents
        .get(Collections.EXECUTIONS, id)
        .map(
            found -> {
              var document = found.orElseThrow(() -> ServiceFailure.notFound("execution", id));
              return Answer.ok(document.body()).tag(String.valueOf(document.version()));
            });
  }

  private Future<Answer> tasks(Call call) {
    return existing(call)
        .compose(
            filter ->
                lists.page(
                    call,
                    Collections.TASKS,
                    Filters.equal(filter, call, "state", "machineId"),
                    "id",
                    TaskResource::view));
  }

  private Future<Answer> statuses(Call call) {
    return existing(call)
        .compose(
            filter -> {
              Filter all = Filters.equal(filter, call, "taskId", "testId", "result", "machineId");
              if (call.text("case") != null) {
                all = all.and("name", Filter.Op.EQ, call.text("case"));
              }
              if (call.flag("skipped") != null) {
                all = all.and("skipped", Filter.Op.EQ, call.flag("skipped"));
              }
              if (call.number("attempt", 0) > 0) {
                all = all.and("attempt", Filter.Op.EQ, call.number("attempt", 0));
              }
              return lists.page(call, Collections.STATUSES, all, "id", view -> view);
            });
  }

  private Future<Filter> existing(Call call) {
    String id = call.path("id");
    return stores
        .documents
        .get(Collections.EXECUTIONS, id)
        .map(
            found -> {
              found.orElseThrow(() -> ServiceFailure.notFound("execution", id));
              return Filter.eq("executionId", id);
            });
  }

  static Answer accepted(Stored<Execution> execution) {
    return Answer.of(202, Json.toObject(execution.value()))
        .with("Location", "/api/v1/executions/" + execution.value().id());
  }
}
