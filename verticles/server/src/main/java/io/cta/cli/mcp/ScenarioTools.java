package io.cta.cli.mcp;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CiEnvironment;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a coding agent may do with scenarios. */
final class ScenarioTools {
  private final ApiClient api;

  ScenarioTools(ApiClient api) {
    this.api = api;
  }

  /** Lists scenarios with the result of their last execution. */
  JsonObject list(JsonObject arguments) {
    int from = arguments.getInteger("from", 0);
    String search = arguments.getString("search", "").toLowerCase(java.util.Locale.ROOT);
    List<JsonObject> all =
        api.list("/api/v1/scenarios").stream()
            .filter(s -> s.getString("name").toLowerCase(java.util.Locale.ROOT).contains(search))
            .toList();
    BoundedAnswer answer = new BoundedAnswer(from);
    for (JsonObject scenario : all.subList(Math.min(from, all.size()), all.size())) {
      JsonObject item = new JsonObject().put("name", scenario.getString("name"));
      if (scenario.getString("description") != null) {
        item.put("description", scenario.getString("description"));
      }
      item.put("suite", scenario.getString("suite"));
      item.put("configuration", scenario.getString("configuration"));
      if (!answer.add(item)) {
        break;
      }
    }
    return answer.into(new JsonObject(), "scenarios", all.size(), false);
  }

  JsonObject start(JsonObject arguments) {
    JsonObject order = new JsonObject().put("scenario", arguments.getString("scenario"));
    for (String field : List.of("ref", "parameters", "inputs")) {
      if (arguments.getValue(field) != null) {
        order.put(field, arguments.getValue(field));
      }
    }
    JsonObject source = CiEnvironment.source(System.getenv());
    if (!source.isEmpty()) {
      order.put("source", source);
    }
    Map<String, String> once = new HashMap<>();
    once.put("Idempotency-Key", UUID.randomUUID().toString());
    JsonObject started = api.post("/api/v1/executions", order, once);
    return ExecutionTools.outline(api, started)
        .put("hint", "call wait_for_execution with this execution");
  }

  JsonObject rerun(JsonObject arguments) {
    JsonObject body = new JsonObject();
    if (arguments.getBoolean("onlyFailed", false)) {
      body.put("only", "failed");
    }
    String path = ExecutionTools.path(arguments) + "/rerun";
    return ExecutionTools.outline(
            api, api.post(path, body, Map.of("Idempotency-Key", UUID.randomUUID().toString())))
        .put("hint", "call wait_for_execution with this execution");
  }
}
