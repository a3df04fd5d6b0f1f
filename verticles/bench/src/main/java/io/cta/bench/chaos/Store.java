package io.cta.bench.chaos;

import io.cta.bench.fleet.Api;
import io.cta.bench.history.Kept;
import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all executions of a server with all that belongs to them, through its API. */
final class Store {
  private final Api api;

  /** Lists leave snapshots out, and those of a scenario that nobody edits are all the same. */
  private final Map<String, JsonObject> snapshots = new HashMap<>();

  Store(Api api) {
    this.api = api;
  }

  List<Kept> read() {
    return api.all("/api/v1/executions").stream().map(this::kept).toList();
  }

  private Kept kept(JsonObject listed) {
    String id = listed.getString("id");
    String path = "/api/v1/executions/" + id;
    JsonObject snapshot =
        snapshots.computeIfAbsent(
            listed.getString("scenarioId"), s -> api.get(path).getJsonObject("snapshot"));
    return new Kept(
        Json.fromObject(listed.copy().put("snapshot", snapshot), Execution.class),
        read(path + "/tasks", Task.class),
        read(path + "/statuses", Status.class));
  }

  private <T> List<T> read(String path, Class<T> type) {
    return api.all(path).stream().map(item -> Json.fromObject(item, type)).toList();
  }
}
