package io.cta.bench.field;

import io.cta.bench.fleet.BlockingApiClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs the suites of a tool on a fleet, one execution for each tool. */
final class FieldRun {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final BlockingApiClient api;
  private final Path tools;

  /**
   * @param tools directory of the installed tools
   */
  FieldRun(BlockingApiClient api, Path tools) {
    this.api = api;
    this.tools = tools;
  }

  List<FieldRow> of(FieldTool tool) {
    api.apply(tool.definitions(tools).toArray(new JsonObject[0]));
    String execution = api.start("field-" + tool.name());
    api.ended(execution, LIMIT);
    List<JsonObject> tasks = api.all("/api/v1/executions/" + execution + "/tasks");
    List<FieldRow> rows = tasks.stream().map(task -> row(tool, task)).toList();
    if (!rows.stream().allMatch(FieldRow::holds)) {
      api.all("/api/v1/executions/" + execution + "/statuses").stream()
          .filter(status -> status.getString("reason") != null)
          .forEach(FieldRun::explain);
    }
    return rows;
  }

  private static void explain(JsonObject status) {
    System.out.printf(
        "  %s: %s %s: %s%n",
        status.getString("testName"),
        status.getString("result"),
        status.getString("reason"),
        status.getString("message"));
  }

  private FieldRow row(FieldTool tool, JsonObject task) {
    JsonObject counts = task.getJsonObject("counts");
    String log = api.text("/api/v1/tasks/" + task.getString("id") + "/log?limit=8388608");
    return new FieldRow(
        tool.name(),
        task.getJsonArray("testIds").getString(0),
        FieldTotals.printed(tool.properties(), log),
        new FieldTotals(
            counts.getInteger("ok"), counts.getInteger("failed"), counts.getInteger("skipped")),
        task.getString("result"),
        counts.getInteger("flaky"));
  }
}
