package io.cta.bench.chaos;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.history.StoredExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all executions of a server with their tasks and statuses, through its API. */
final class StoreReader {
  private final BlockingApiClient api;

  /**
   * Snapshots by scenario. Lists leave snapshots out; nobody edits the scenarios, so one snapshot
   * stands for all of its scenario.
   */
  private final Map<String, JsonObject> snapshots = new HashMap<>();

  StoreReader(BlockingApiClient api) {
    this.api = api;
  }

  List<StoredExecution> read() {
    return api.all("/api/v1/executions").stream().map(this::kept).toList();
  }

  private StoredExecution kept(JsonObject listed) {
    String id = listed.getString("id");
    String path = "/api/v1/executions/" + id;
    JsonObject snapshot =
        snapshots.computeIfAbsent(
            listed.getString("scenarioId"), s -> api.get(path).getJsonObject("snapshot"));
    return new StoredExecution(
        JsonMapping.fromObject(listed, Execution.class),
        JsonMapping.fromObject(snapshot, ExecutionSnapshot.class),
        read(path + "/tasks", Task.class),
        read(path + "/statuses", Status.class));
  }

  private <T> List<T> read(String path, Class<T> type) {
    return api.all(path).stream().map(item -> JsonMapping.fromObject(item, type)).toList();
  }
}
