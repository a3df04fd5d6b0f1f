package io.cta.cli.explain;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the failures of an execution from the server, the worst first. One thread. */
public final class FailureReader {
  private static final List<Result> WORST_FIRST =
      List.of(Result.FAILED, Result.PARTIAL, Result.INCONCLUSIVE);
  private static final int PAGE = 1_000;

  private final ApiClient api;
  private final Execution execution;

  public FailureReader(ApiClient api, Execution execution) {
    this.api = api;
    this.execution = execution;
  }

  /** How many statuses that count are not ok. */
  public int count() {
    ResultCounts counts = execution.counts();
    return counts.failed() + counts.partial() + counts.inconclusive();
  }

  /** What made tests what they are; read from the server only as far as it is looked at. */
  public Stream<Status> all() {
    List<Task> tasks =
        api.list("/api/v1/executions/" + ApiClient.encode(execution.id()) + "/tasks").stream()
            .map(AnswerReader::task)
            .toList();
    return WORST_FIRST.stream()
        .flatMap(result -> tasks.stream().flatMap(task -> ofTask(task, result)));
  }

  /**
   * The first failures.
   *
   * @param max most of them
   * @param logLines lines of output for each whose report does not say enough
   */
  public List<FailureText> first(int max, int logLines) {
    List<FailureText> failures = new ArrayList<>();
    for (Iterator<Status> each = all().iterator(); failures.size() < max && each.hasNext(); ) {
      Status status = each.next();
      boolean silent = saysOnlyThatItEnded(status);
      failures.add(new FailureText(status, silent ? log(status, logLines, "end") : List.of()));
    }
    return failures;
  }

  /**
   * Lines of a test's output.
   *
   * @param around {@code end} or {@code trouble}
   */
  public List<String> log(Status status, int lines, String around) {
    return lines(api, status.taskId(), status.attempt(), status.testId(), lines, around);
  }

  /**
   * Lines of the output of a task.
   *
   * @param attempt 0 for the current one
   * @param testId null for the output of all tests
   */
  public static List<String> lines(
      ApiClient api, String taskId, int attempt, String testId, int lines, String around) {
    String path =
        "/api/v1/tasks/"
            + ApiClient.encode(taskId)
            + "/log/excerpt?lines="
            + lines
            + "&around="
            + around
            + (attempt == 0 ? "" : "&attempt=" + attempt)
            + (testId == null ? "" : "&testId=" + ApiClient.encode(testId));
    return api.get(path).getJsonArray("lines").stream().map(String::valueOf).toList();
  }

  /** Whether only the output can say what happened: the agent knows how a process ended. */
  public static boolean saysOnlyThatItEnded(Status status) {
    return status.source() == StatusSource.EXIT || status.source() == StatusSource.AGENT;
  }

  private Stream<Status> ofTask(Task task, Result result) {
    Map<String, Result> notOk = task.notOk() == null ? Map.of() : task.notOk();
    return notOk.entrySet().stream()
        .filter(test -> test.getValue() == result)
        .flatMap(test -> ofTest(task, test.getKey(), result));
  }

  /** Those of the last attempt that has any: the one that counts. */
  private Stream<Status> ofTest(Task task, String test, Result result) {
    for (int attempt = task.attempt(); attempt > 0; attempt--) {
      String path =
          "/api/v1/executions/"
              + ApiClient.encode(execution.id())
              + "/statuses?skipped=false&taskId="
              + ApiClient.encode(task.id())
              + "&testId="
              + ApiClient.encode(test)
              + "&attempt="
              + attempt
              + "&result="
              + result.wire()
              + "&limit="
              + PAGE;
      JsonObject first = api.get(path);
      if (!items(first).isEmpty()) {
        return Stream.iterate(first, page -> page != null, page -> next(path, page))
            .flatMap(page -> items(page).stream())
            .map(item -> AnswerReader.status((JsonObject) item));
      }
    }
    return Stream.empty();
  }

  private JsonObject next(String path, JsonObject page) {
    String next = page.getString("next");
    return next == null ? null : api.get(path + "&after=" + ApiClient.encode(next));
  }

  private static JsonArray items(JsonObject page) {
    return page.getJsonArray("items", new JsonArray());
  }
}
