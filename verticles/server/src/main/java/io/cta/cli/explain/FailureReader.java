package io.cta.cli.explain;

import io.cta.cli.client.ApiClient;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the failures of an execution from the server, the worst first. */
public final class FailureReader {
  private static final List<Result> WORST_FIRST =
      List.of(Result.FAILED, Result.PARTIAL, Result.INCONCLUSIVE);

  private final ApiClient api;
  private final Execution execution;

  public FailureReader(ApiClient api, Execution execution) {
    this.api = api;
    this.execution = execution;
  }

  /** How many there are, in all attempts that count. */
  public int count() {
    ResultCounts counts = execution.counts();
    return counts.failed() + counts.partial() + counts.inconclusive();
  }

  /**
   * Some failures.
   *
   * @param max most of them
   * @param logLines lines of output for each whose report does not say enough
   */
  public List<FailureText> first(int max, int logLines) {
    List<FailureText> failures = new ArrayList<>();
    List<Task> tasks =
        api.list("/api/v1/executions/" + ApiClient.encode(execution.id()) + "/tasks").stream()
            .map(task -> JsonMapping.fromObject(task, Task.class))
            .toList();
    for (Result result : WORST_FIRST) {
      for (Task task : tasks) {
        for (Map.Entry<String, Result> test : notOk(task).entrySet()) {
          if (test.getValue() == result && failures.size() < max) {
            add(task, test.getKey(), result, max, logLines, failures);
          }
        }
      }
    }
    return failures;
  }

  /** Of a task that a server of an earlier version has ended nothing is known. */
  private static Map<String, Result> notOk(Task task) {
    return task.notOk() == null ? Map.of() : task.notOk();
  }

  /**
   * Adds what made a test what it is. A test that is not ok has such a status in the attempt that
   * counts, so those of earlier attempts are left out.
   */
  private void add(
      Task task, String test, Result result, int max, int logLines, List<FailureText> failures) {
    String path =
        "/api/v1/executions/"
            + ApiClient.encode(execution.id())
            + "/statuses?skipped=false&taskId="
            + ApiClient.encode(task.id())
            + "&testId="
            + ApiClient.encode(test)
            + "&result="
            + result.wire()
            + "&limit=1000";
    List<Status> found =
        api.get(path).getJsonArray("items", new JsonArray()).stream()
            .map(item -> JsonMapping.fromObject((JsonObject) item, Status.class))
            .toList();
    int last = found.stream().mapToInt(Status::attempt).max().orElse(0);
    for (Status status : found) {
      if (status.attempt() == last && failures.size() < max) {
        failures.add(new FailureText(status, needsLog(status) ? log(status, logLines) : List.of()));
      }
    }
  }

  /** Whether only the output can say what happened: the agent knows how a process ended. */
  private static boolean needsLog(Status status) {
    return status.source() == StatusSource.EXIT || status.source() == StatusSource.AGENT;
  }

  /** Lines of a test's output around the first trouble in it. */
  public List<String> log(Status status, int lines) {
    if (lines == 0) {
      return List.of();
    }
    return lines(
        api,
        "/api/v1/tasks/"
            + ApiClient.encode(status.taskId())
            + "/log/excerpt?attempt="
            + status.attempt()
            + "&testId="
            + ApiClient.encode(status.testId())
            + "&lines="
            + lines);
  }

  static List<String> lines(ApiClient api, String path) {
    return api.get(path).getJsonArray("lines").stream().map(String::valueOf).toList();
  }
}
