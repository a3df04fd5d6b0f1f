package io.cta.cli.mcp;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.cta.cli.explain.FailureReader;
import io.cta.cli.explain.FailureText;
import io.cta.domain.CaseDetails;
import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.text.TextCut;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What a coding agent may learn of executions. */
final class ExecutionTools {
  /** Some clients give up after 30 s. */
  private static final int MAX_WAIT_SECONDS = 25;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final int LOG_LINES = 40;

  /** Beyond so many failures an answer has no log lines, which can be asked for. */
  private static final int WITH_LOG = 5;

  private static final int MAX_TEXT_CHARS = 4_000;

  private final ApiClient api;
  private final WaitClock clock;

  ExecutionTools(ApiClient api, WaitClock clock) {
    this.api = api;
    this.clock = clock;
  }

  static String path(JsonObject arguments) {
    return "/api/v1/executions/" + ApiClient.encode(arguments.getString("execution"));
  }

  /** What matters of an execution. */
  static JsonObject outline(ApiClient api, JsonObject execution) {
    Execution e = AnswerReader.execution(execution);
    JsonObject out =
        new JsonObject()
            .put("execution", e.id())
            .put("scenario", e.scenarioName())
            .put("state", e.state().wire())
            .put("terminal", e.state().terminal());
    put(out, "result", e.result() == null ? null : e.result().wire());
    put(out, "reason", e.reason());
    put(out, "message", e.message());
    put(out, "waitReason", e.waitReason());
    put(out, "source", execution.getJsonObject("source"));
    out.put("counts", execution.getJsonObject("counts"));
    out.put("tasks", e.taskCount()).put("tasksDone", e.tasksDone());
    return out.put("link", api.server() + "/#/executions/" + e.id());
  }

  JsonObject get(JsonObject arguments) {
    return outline(api, api.get(path(arguments)));
  }

  JsonObject cancel(JsonObject arguments) {
    return outline(api, api.post(path(arguments) + "/cancel", new JsonObject(), Map.of()));
  }

  /**
   * Waits until an execution is over or some seconds are; that it still runs is no error.
   *
   * @param progress is told every five seconds how many of how many tasks are done
   */
  JsonObject await(JsonObject arguments, BiConsumer<Integer, JsonObject> progress) {
    int seconds =
        Math.max(1, Math.min(MAX_WAIT_SECONDS, arguments.getInteger("seconds", MAX_WAIT_SECONDS)));
    long begin = clock.nanos();
    long said = begin;
    int count = 0;
    JsonObject now = null;
    while (true) {
      try {
        now = get(arguments);
        if (now.getBoolean("terminal")) {
          String hint = "ok".equals(now.getString("result")) ? null : "call list_failures";
          put(now, "hint", hint);
          return now;
        }
      } catch (ServerUnreachable e) {
        // a restart: the next look will tell
        now =
            now == null ? new JsonObject().put("execution", arguments.getString("execution")) : now;
        now.put("server", "does not answer for now: " + e.getMessage());
      }
      if (clock.nanos() - begin >= Duration.ofSeconds(seconds).toNanos()) {
        return now.put("hint", "still running: call wait_for_execution again");
      }
      if (clock.nanos() - said >= PROGRESS.toNanos()) {
        said = clock.nanos();
        progress.accept(++count, now);
      }
      clock.restOrEnd(POLL);
    }
  }

  /** The failures of an execution, the worst first, with what they say and lines of output. */
  JsonObject failures(JsonObject arguments) {
    JsonObject execution = api.get(path(arguments));
    FailureReader reader = new FailureReader(api, AnswerReader.execution(execution));
    int from = arguments.getInteger("from", 0);
    int logLines = arguments.getInteger("logLines", LOG_LINES);
    BoundedAnswer answer = new BoundedAnswer(from);
    Iterator<Status> each = reader.all().skip(from).iterator();
    int shown = 0;
    while (each.hasNext()) {
      Status status = each.next();
      boolean withLog = logLines > 0 && shown < WITH_LOG;
      List<String> log = withLog ? reader.log(status, logLines, "trouble") : List.of();
      if (!answer.add(failure(status, log))) {
        break;
      }
      shown++;
    }
    JsonObject out = outline(api, execution);
    return answer.into(out, "failures", reader.count(), false);
  }

  JsonObject log(JsonObject arguments) {
    List<String> lines =
        FailureReader.lines(
            api,
            arguments.getString("task"),
            arguments.getInteger("attempt", 0),
            arguments.getString("test"),
            Math.max(1, Math.min(500, arguments.getInteger("lines", 100))),
            arguments.getString("around", "end"));
    JsonArray kept = new JsonArray();
    int chars = 0;
    // the end matters most
    for (int i = lines.size() - 1; i >= 0; i--) {
      chars += lines.get(i).length() + 8;
      if (chars > BoundedAnswer.MAX_CHARS / 2) {
        break;
      }
      kept.add(0, lines.get(i));
    }
    return new JsonObject()
        .put("task", arguments.getString("task"))
        .put("total", lines.size())
        .put("shown", kept.size())
        .put("lines", kept);
  }

  private static JsonObject failure(Status status, List<String> log) {
    FailureText text = new FailureText(status, log);
    JsonObject out = new JsonObject().put("result", status.result().wire());
    put(out, "test", status.testName());
    put(out, "case", status.name());
    put(out, "suite", status.suite());
    put(out, "machine", status.machineName());
    put(out, "reason", status.reason());
    CaseDetails details = status.details();
    if (details != null) {
      put(out, "file", details.file());
      put(out, "line", details.line());
    }
    put(out, "says", TextCut.marked(String.join("\n", text.lines()), MAX_TEXT_CHARS));
    put(out, "task", status.taskId());
    out.put("attempt", status.attempt());
    if (!log.isEmpty()) {
      out.put("log", TextCut.marked(String.join("\n", log), MAX_TEXT_CHARS));
    }
    return out;
  }

  private static void put(JsonObject object, String field, Object value) {
    if (value != null) {
      object.put(field, value);
    }
  }
}
