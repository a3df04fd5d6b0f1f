package io.cta.bench.history;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A good history, made by a model of what the product does, for tests to spoil. */
final class HistoryBuilder {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int[] EXITS = {0, 3, 0, 0};
  private static final int SERVER = Status.SERVER_INDEX;

  final List<RequestedExecution> asked = new ArrayList<>();
  final List<JsonObject> executions = new ArrayList<>();
  final List<JsonObject> tasks = new ArrayList<>();
  final List<JsonObject> statuses = new ArrayList<>();
  final List<ProcessTrace> traces = new ArrayList<>();
  final Set<String> confirmed = new HashSet<>();
  final Set<String> refused = new HashSet<>();
  final List<LeftoverProcess> leftovers = new ArrayList<>();
  final List<DroppedMessage> givenUp = new ArrayList<>();
  final List<String> untold = new ArrayList<>();
  final List<OutagePeriod> outages = new ArrayList<>();
  long deadLettered;
  private long pid = 100;

  /** One whole execution, E0, of one task whose first attempt broke, and a cancelled one, E1. */
  static HistoryBuilder plain() {
    HistoryBuilder historyBuilder = new HistoryBuilder();
    historyBuilder.execution("E0", 1, 2, false);
    historyBuilder.task("E0", 0, 2, 1, false, 1);
    historyBuilder.execution("E1", 1, 2, true);
    historyBuilder.task("E1", 0, 2, 0, true, 1);
    return historyBuilder;
  }

  /** Executions of any kind. */
  static HistoryBuilder any(RandomGenerator random) {
    HistoryBuilder historyBuilder = new HistoryBuilder();
    for (int i = 0; i < 5; i++) {
      boolean cancelled = random.nextInt(4) == 0;
      int tasks = random.nextInt(1, 4);
      int tests = random.nextInt(1, EXITS.length + 1);
      historyBuilder.execution("E" + i, tasks, tests, cancelled);
      for (int ordinal = 0; ordinal < tasks; ordinal++) {
        historyBuilder.task(
            "E" + i, ordinal, tests, random.nextInt(3), cancelled, random.nextInt(tests + 1));
      }
    }
    return historyBuilder;
  }

  RunHistory history() {
    List<StoredExecution> kept = new ArrayList<>();
    for (JsonObject e : executions) {
      kept.add(
          new StoredExecution(
              JsonMapping.fromObject(e, Execution.class),
              JsonMapping.fromObject(e.getJsonObject("snapshot"), ExecutionSnapshot.class),
              of(tasks, e, Task.class),
              of(statuses, e, Status.class)));
    }
    return RunHistoryBuilder.builder()
        .asked(asked)
        .kept(kept)
        .traces(traces)
        .confirmed(confirmed)
        .refused(refused)
        .leftovers(leftovers)
        .givenUp(givenUp)
        .untold(untold)
        .deadLettered(deadLettered)
        .outages(outages)
        .readAt(at(1_000))
        .build();
  }

  static Instant at(int seconds) {
    return BEGIN.plusSeconds(seconds);
  }

  JsonObject execution(int i) {
    return executions.get(i);
  }

  JsonObject task(String id) {
    return tasks.stream().filter(t -> t.getString("id").equals(id)).findFirst().orElseThrow();
  }

  JsonObject status(String id) {
    return statuses.stream().filter(s -> s.getString("id").equals(id)).findFirst().orElseThrow();
  }

  ProcessTrace trace(String run, String test) {
    return traces.stream()
        .filter(t -> t.run().equals(run) && t.test().equals(test))
        .findFirst()
        .orElseThrow();
  }

  private void execution(String id, int taskCount, int testCount, boolean cancelled) {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < testCount; i++) {
      JsonObject stage = new JsonObject().put("run", "x").put("stopTimeout", "2s");
      tests.add(
          new JsonObject()
              .put("id", "t" + i)
              .put("name", "t" + i)
              .put("stages", new JsonArray().add(stage)));
    }
    JsonObject scenario =
        new JsonObject()
            .put("name", "s")
            .put("suite", "s")
            .put("configuration", "s")
            .put("timeouts", new JsonObject().put("pending", "90s").put("running", "60s"));
    asked.add(new RequestedExecution(id, at(0), cancelled ? at(20) : null));
    JsonObject execution =
        new JsonObject()
            .put("id", id)
            .put("snapshot", new JsonObject().put("scenario", scenario).put("tests", tests))
            .put("mode", "mono")
            .put("state", cancelled ? "cancelled" : "finished")
            .put("result", "ok")
            .put("requestedAt", at(0).toString())
            .put("finishedAt", at(25).toString())
            .put("planned", true)
            .put("taskCount", taskCount)
            .put("tasksDone", taskCount)
            .put("counts", new JsonObject());
    if (cancelled) {
      execution.put("cancelRequestedAt", at(20).toString());
    }
    executions.add(execution);
  }

  /**
   * @param broken attempts that the infrastructure broke, before the one that counts
   * @param reported statuses of a broken or cancelled attempt
   */
  private void task(
      String execution, int ordinal, int tests, int broken, boolean cancelled, int reported) {
    String id = Task.id(execution, ordinal);
    JsonArray attempts = new JsonArray();
    JsonArray testIds = new JsonArray();
    for (int t = 0; t < tests; t++) {
      testIds.add("t" + t);
    }
    for (int number = 1; number <= broken; number++) {
      attempts.add(attempt(number, true, "finished"));
      tests(execution, id, number, reported, false);
      refused.add(id + "." + number);
      confirmed.add(Status.id(id, number, 50)); // of a stale attempt: confirmed, and not kept
    }
    int last = broken + 1;
    attempts.add(attempt(last, false, cancelled ? "cancelled" : "finished"));
    int whole = cancelled ? reported : tests;
    tests(execution, id, last, whole, true);
    for (int t = whole; t < tests; t++) {
      status(execution, id, last, "t" + t, SERVER + t, "inconclusive", "server");
      count(execution, "inconclusive");
    }
    JsonObject task =
        new JsonObject()
            .put("id", id)
            .put("executionId", execution)
            .put("ordinal", ordinal)
            .put("mode", "mono")
            .put("testIds", testIds)
            .put("machineId", machine(last))
            .put("state", cancelled ? "cancelled" : "finished")
            .put("attempt", last)
            .put("infraRetries", 2)
            .put("finishedAt", at(24).toString())
            .put("attempts", attempts);
    JsonObject counts = new JsonObject();
    for (int t = 0; t < tests; t++) {
      String result = t >= whole ? "inconclusive" : EXITS[t] == 0 ? "ok" : "failed";
      counts.put(result, counts.getInteger(result, 0) + 1);
    }
    tasks.add(task.put("counts", counts).put("result", worst(counts)));
    JsonObject all = find(execution).getJsonObject("counts");
    find(execution).put("result", worst(all));
  }

  private void tests(String execution, String task, int attempt, int count, boolean counted) {
    for (int t = 0; t < count; t++) {
      String result = EXITS[t] == 0 ? "ok" : "failed";
      Instant begun = at(attempt + t);
      traces.add(
          new ProcessTrace(task, attempt, "t" + t, pid++, machine(attempt), begun, EXITS[t]));
      status(execution, task, attempt, "t" + t, t + 1, result, "exit");
      confirmed.add(Status.id(task, attempt, t + 1));
      if (counted) {
        count(execution, result);
      }
    }
  }

  private void status(
      String execution, String task, int attempt, String test, int index, String r, String source) {
    statuses.add(
        new JsonObject()
            .put("id", Status.id(task, attempt, index))
            .put("executionId", execution)
            .put("taskId", task)
            .put("attempt", attempt)
            .put("testId", test)
            .put("testName", test)
            .put("index", index)
            .put("result", r)
            .put("source", source)
            .put("machineId", machine(attempt))
            .put("machineName", machine(attempt)));
  }

  private void count(String execution, String result) {
    JsonObject counts = find(execution).getJsonObject("counts");
    counts.put(result, counts.getInteger(result, 0) + 1);
  }

  private JsonObject find(String id) {
    return executions.stream().filter(e -> e.getString("id").equals(id)).findFirst().orElseThrow();
  }

  private static JsonObject attempt(int number, boolean infra, String state) {
    return new JsonObject()
        .put("number", number)
        .put("machineId", machine(number))
        .put("state", state)
        .put("result", "inconclusive")
        .put("infra", infra);
  }

  private static String machine(int attempt) {
    return "m" + attempt;
  }

  private static String worst(JsonObject counts) {
    return counts.containsKey("failed")
        ? "failed"
        : counts.containsKey("inconclusive") ? "inconclusive" : "ok";
  }

  private static <T> List<T> of(List<JsonObject> all, JsonObject execution, Class<T> type) {
    String id = execution.getString("id");
    return all.stream()
        .filter(one -> one.getString("executionId").equals(id))
        .map(one -> JsonMapping.fromObject(one, type))
        .toList();
  }
}
