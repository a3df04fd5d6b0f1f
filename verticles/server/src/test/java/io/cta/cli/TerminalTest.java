package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TerminalTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private static Execution execution(String state) {
    JsonObject json =
        new JsonObject()
            .put("id", "E")
            .put("scenarioName", "s")
            .put("state", state)
            .put("startedAt", START.toString())
            .put("counts", new JsonObject().put("ok", 12).put("failed", 1));
    return Json.fromObject(json, Execution.class);
  }

  private static Task task(int n, String state, String result, int attempt) {
    JsonObject json =
        new JsonObject()
            .put("id", "E-" + n)
            .put("ordinal", n)
            .put("state", state)
            .put("result", result)
            .put("attempt", attempt)
            .put("machineId", "M")
            .put("reason", state.equals("pending") ? "machineLost" : null)
            .put("testIds", new JsonArray().add("t" + n));
    return Json.fromObject(json, Task.class);
  }

  private static Look look(String state, List<Task> tasks) {
    return new Look(execution(state), tasks, Map.of("M", "box"));
  }

  @Test
  void theLineBelowSaysTimeTasksCountsAndWhoDoesWhat() {
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), true, 200);
    List<Task> tasks = List.of(task(0, "finished", "ok", 1), task(1, "running", null, 1));
    assertEquals(
        "1:15  running  tasks 1/2  12 ok, 1 failed  | box: t1",
        terminal.status(look("running", tasks), START.plusSeconds(75)));
  }

  @Test
  void theLineBelowFitsTheTerminal() {
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), true, 20);
    List<Task> tasks = List.of(task(1, "running", null, 1));
    assertEquals(19, terminal.status(look("running", tasks), START).length());
  }

  @Test
  void withoutATerminalThereAreNoControlCharacters() {
    StringWriter text = new StringWriter();
    Terminal plain = new Terminal(new PrintWriter(text), false, 80);
    plain.seen(look("running", List.of(task(0, "running", null, 1))));
    plain.lost("gone");
    plain.back();
    assertFalse(text.toString().contains("\u001b"));
    assertFalse(text.toString().contains("\r"));
    assertTrue(text.toString().contains("t0 runs on box"));
  }

  @Test
  void nothingIsSaidTwiceAndRetriesAreSaid() {
    News news = new News();
    List<Task> running = List.of(task(0, "running", null, 1));
    assertEquals(2, news.since(look("running", running)).size());
    assertEquals(List.of(), news.since(look("running", running)));
    assertEquals(
        List.of("t0 is tried again: machineLost"),
        news.since(look("running", List.of(task(0, "pending", null, 1)))));
    assertEquals(
        List.of("t0 runs on box, attempt 2"),
        news.since(look("running", List.of(task(0, "running", null, 2)))));
  }

  @Test
  void aRetryGivesTheReasonOfTheAttemptBefore() {
    News news = new News();
    news.since(look("running", List.of(task(0, "running", null, 1))));
    JsonObject attempt = new JsonObject().put("number", 1).put("reason", "agentRestarted");
    JsonObject again = Json.toObject(task(0, "pending", null, 1));
    again.putNull("reason").put("attempts", new JsonArray().add(attempt));
    assertEquals(
        List.of("t0 is tried again: agentRestarted"),
        news.since(look("running", List.of(Json.fromObject(again, Task.class)))));
  }

  @Test
  void aTaskThatStaysAckedSaysOnceThatItFetches() {
    News news = new News();
    List<Task> acked = List.of(task(0, "acked", null, 1));
    assertEquals(List.of("s is acked"), news.since(look("acked", acked)));
    assertEquals(List.of("t0 fetches its inputs on box"), news.since(look("acked", acked)));
    assertEquals(List.of(), news.since(look("acked", acked)));
  }

  @Test
  void ofManyTasksOnlyThoseThatDidNotEndWellAreNamed() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tasks.add(task(i, "finished", i == 7 ? "failed" : "ok", 1));
    }
    List<String> lines = new News().since(look("running", tasks));
    assertEquals(List.of("s is running", "t7 failed on box: no results"), lines);
  }
}
