package io.cta.server.export;

import io.cta.domain.Result;
import io.cta.server.view.executions.CaseDetailsView;
import io.cta.server.view.executions.ExecutionSourceView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** Writes the Common Test Report Format, after its schema: https://ctrf.io. */
final class CtrfExport implements ExportWriter {
  private static final String SPEC_VERSION = "0.0.0";

  private final String link;
  private ExecutionView execution;
  private boolean first = true;
  private int passed;
  private int failed;
  private int skipped;
  private int other;
  private int flaky;

  CtrfExport(String link) {
    this.link = link;
  }

  @Override
  public String begin(ExecutionView started, List<TaskView> tasks) {
    execution = started;
    return "{\"reportFormat\":\"CTRF\",\"specVersion\":\""
        + SPEC_VERSION
        + "\",\"results\":{\"tool\":{\"name\":\"cta\"},\n\"tests\":[";
  }

  @Override
  public String task(TaskView task, List<StatusView> statuses) {
    StringBuilder out = new StringBuilder();
    for (StatusView status : statuses) {
      out.append(first ? "" : ",\n").append(test(status).encode());
      first = false;
    }
    return out.toString();
  }

  @Override
  public String end() {
    StringBuilder out = new StringBuilder();
    boolean silent = failed + other == 0 && execution.result() != Result.OK;
    if (silent || passed + failed + skipped + other == 0 || !execution.state().terminal()) {
      JsonObject own =
          new JsonObject()
              .put("name", "(execution)")
              .put("status", "other")
              .put("duration", 0)
              .put("rawStatus", execution.state().wire())
              .put("message", ExportTexts.why(execution));
      other++;
      out.append(first ? "" : ",\n").append(own.encode());
    }
    out.append("],\n\"summary\":").append(summary().encode());
    out.append(",\n\"environment\":").append(environment().encode());
    return out.append("}}\n").toString();
  }

  private JsonObject test(StatusView s) {
    String status = status(s);
    CaseDetailsView details = s.details();
    JsonArray suite = new JsonArray().add(s.testName() == null ? s.testId() : s.testName());
    if (s.suite() != null) {
      suite.add(s.suite());
    }
    JsonObject test =
        new JsonObject()
            .put("name", name(s))
            .put("status", status)
            .put("duration", s.durationMs() == null ? 0 : s.durationMs())
            .put("suite", suite)
            .put("rawStatus", s.result().wire());
    put(test, "message", s.message() == null ? s.reason() : s.message());
    if (details != null) {
      put(test, "trace", details.trace());
      put(test, "filePath", details.file());
      put(test, "line", details.line());
    }
    if (s.flaky()) {
      test.put("flaky", true);
      flaky++;
    }
    JsonObject extra = new JsonObject();
    put(extra, "machine", s.machineName());
    put(extra, "reason", s.reason());
    return test.put("extra", extra.put("attempt", s.attempt()));
  }

  private static String name(StatusView s) {
    String test = s.testName() == null ? s.testId() : s.testName();
    return s.name() == null || s.name().isEmpty() ? test : s.name();
  }

  private String status(StatusView s) {
    if (s.skipped()) {
      skipped++;
      return "skipped";
    }
    return switch (s.result()) {
      case OK -> {
        passed++;
        yield "passed";
      }
      case FAILED, PARTIAL -> {
        failed++;
        yield "failed";
      }
      case INCONCLUSIVE -> {
        other++;
        yield "other";
      }
    };
  }

  private JsonObject summary() {
    return new JsonObject()
        .put("tests", passed + failed + skipped + other)
        .put("passed", passed)
        .put("failed", failed)
        .put("pending", 0)
        .put("skipped", skipped)
        .put("other", other)
        .put("flaky", flaky)
        .put("start", millis(execution.startedAt(), execution.requestedAt()))
        .put("stop", millis(execution.finishedAt(), execution.startedAt()));
  }

  private JsonObject environment() {
    JsonObject environment =
        new JsonObject()
            .put("reportName", execution.scenarioName())
            .put("appName", execution.scenarioName());
    ExecutionSourceView source = execution.source();
    if (source != null) {
      put(environment, "repositoryUrl", source.repository());
      put(environment, "branchName", source.branch());
      put(environment, "commit", source.commit());
      String build = source.buildNumber();
      boolean number = build != null && build.matches("[0-9]{1,9}");
      put(environment, "buildNumber", number ? Integer.valueOf(build) : null);
      put(environment, "buildName", number ? null : build);
      put(environment, "buildUrl", source.buildLink());
    }
    JsonObject extra = new JsonObject().put("execution", execution.id());
    put(extra, "link", link);
    return environment.put("extra", extra);
  }

  private static void put(JsonObject object, String field, Object value) {
    if (value != null) {
      object.put(field, value);
    }
  }

  private static long millis(Instant at, Instant otherwise) {
    Instant known = at == null ? otherwise : at;
    return known == null ? 0 : known.toEpochMilli();
  }
}
