package io.cta.cli.watch;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ServerUnreachable;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Formats what was not ok in an execution that is over, the worst first, as lines for people. */
public final class FailureSummary {
  private static final int MAX_LINES = 20;
  private static final int MAX_MESSAGE_CHARS = 200;

  private final ApiClient api;
  private final Execution execution;

  public FailureSummary(ApiClient api, Execution execution) {
    this.api = api;
    this.execution = execution;
  }

  /**
   * At most twenty lines, and one that says how many more there are; or one that says why the
   * results cannot be read.
   */
  public List<String> lines() {
    ResultCounts counts = execution.counts();
    int all = counts.failed() + counts.partial() + counts.inconclusive();
    List<String> lines = new ArrayList<>();
    try {
      add(Result.FAILED, counts.failed(), lines);
      add(Result.PARTIAL, counts.partial(), lines);
      add(Result.INCONCLUSIVE, counts.inconclusive(), lines);
    } catch (CliFailure | ServerUnreachable e) {
      lines.add("  results not read: " + e.getMessage());
      return lines;
    }
    if (all > lines.size() && !lines.isEmpty()) {
      lines.add("  and " + (all - lines.size()) + " more");
    }
    return lines;
  }

  private void add(Result result, int count, List<String> lines) {
    if (count == 0 || lines.size() >= MAX_LINES) {
      return;
    }
    String path =
        "/api/v1/executions/"
            + ApiClient.encode(execution.id())
            + "/statuses?result="
            + result.wire();
    for (Object item :
        api.get(path + "&limit=" + MAX_LINES).getJsonArray("items", new JsonArray())) {
      Status status = JsonMapping.fromObject((JsonObject) item, Status.class);
      if (!status.skipped() && lines.size() < MAX_LINES) {
        lines.add(line(status));
      }
    }
  }

  static String line(Status status) {
    String what = status.testName() + (status.name() == null ? "" : " " + caseOf(status));
    String where = status.machineName() == null ? "" : " on " + status.machineName();
    String why = status.message() == null ? status.reason() : status.message();
    return "  "
        + status.result().wire()
        + ": "
        + what
        + where
        + (why == null ? "" : ": " + firstLine(why));
  }

  /** The case, with its suite unless its name contains it already. */
  private static String caseOf(Status status) {
    boolean said = status.suite() == null || status.name().contains(status.suite());
    return said ? status.name() : status.suite() + " > " + status.name();
  }

  static String firstLine(String message) {
    String first = message.strip().lines().findFirst().orElse("");
    return first.length() <= MAX_MESSAGE_CHARS
        ? first
        : first.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
