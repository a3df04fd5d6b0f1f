package io.cta.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TerminalDisplayTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void aLineIsWrittenOverOnATerminalThatCanAndIsNoJobOfCi() {
    assertTrue(TerminalDisplay.isLive(Map.of("TERM", "xterm"), () -> true));
    assertFalse(TerminalDisplay.isLive(Map.of("TERM", "xterm"), () -> false));
    assertFalse(TerminalDisplay.isLive(Map.of("TERM", "dumb"), () -> true));
    assertFalse(TerminalDisplay.isLive(Map.of("CI", "true"), () -> true));
    assertTrue(TerminalDisplay.isLive(Map.of("CTA_TTY", "1", "CI", "true"), () -> false));
    assertFalse(TerminalDisplay.isLive(Map.of("CTA_TTY", "0"), () -> true));
  }

  private static Execution execution(String state) {
    JsonObject json =
        new JsonObject()
            .put("id", "E")
            .put("scenarioName", "s")
            .put("state", state)
            .put("startedAt", START.toString())
            .put("counts", new JsonObject().put("ok", 12).put("failed", 1));
    return JsonMapping.fromObject(json, Execution.class);
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
    return JsonMapping.fromObject(json, Task.class);
  }

  private static FollowedExecution view(String state, List<Task> tasks) {
    return new FollowedExecution(execution(state), tasks, Map.of("M", "box"));
  }

  @Test
  void theLineBelowShowsTimeTasksCountsAndWhichMachineDoesWhat() {
    TerminalDisplay terminalDisplay =
        new TerminalDisplay(new PrintWriter(new StringWriter()), true, 200, () -> 0);
    List<Task> tasks = List.of(task(0, "finished", "ok", 1), task(1, "running", null, 1));
    assertEquals(
        "1:15  running  tasks 1/2  12 ok, 1 failed  | box: t1",
        terminalDisplay.status(view("running", tasks), START.plusSeconds(75)));
  }

  @Test
  void theLineBelowFitsTheTerminal() {
    TerminalDisplay terminalDisplay =
        new TerminalDisplay(new PrintWriter(new StringWriter()), true, 20, () -> 0);
    List<Task> tasks = List.of(task(1, "running", null, 1));
    assertEquals(19, terminalDisplay.status(view("running", tasks), START).length());
  }

  @Test
  void withoutATerminalThereAreNoControlCharacters() {
    StringWriter text = new StringWriter();
    TerminalDisplay plain = new TerminalDisplay(new PrintWriter(text), false, 80, () -> 0);
    plain.seen(view("running", List.of(task(0, "running", null, 1))));
    plain.lost("gone");
    plain.back();
    assertFalse(text.toString().contains("\u001b"));
    assertFalse(text.toString().contains("\r"));
    assertTrue(text.toString().contains("t0 runs on box"));
  }

  @Test
  void withoutATerminalALineIsPrintedWhenNothingElseWasForHalfAMinute() {
    StringWriter text = new StringWriter();
    AtomicLong seconds = new AtomicLong();
    TerminalDisplay plain =
        new TerminalDisplay(new PrintWriter(text), false, 80, () -> seconds.get() * 1_000_000_000);
    FollowedExecution running = view("running", List.of(task(0, "running", null, 1)));
    plain.seen(running);
    long begun = text.toString().lines().count();
    for (int i = 1; i <= 95; i++) {
      seconds.set(i);
      plain.seen(running);
    }
    List<String> more = text.toString().lines().skip(begun).toList();
    assertEquals(3, more.size(), more::toString);
    assertTrue(more.get(0).contains("running  tasks 0/1  12 ok, 1 failed"), more::toString);
    seconds.set(200);
    plain.seen(view("finished", List.of(task(0, "running", null, 1))));
    assertEquals(begun + 3, text.toString().lines().count(), text::toString);
  }

  @Test
  void nothingIsPrintedTwiceAndRetriesArePrinted() {
    ProgressFormatter progressFormatter = new ProgressFormatter();
    List<Task> running = List.of(task(0, "running", null, 1));
    assertEquals(2, progressFormatter.since(view("running", running)).size());
    assertEquals(List.of(), progressFormatter.since(view("running", running)));
    assertEquals(
        List.of("t0 is tried again: machineLost"),
        progressFormatter.since(view("running", List.of(task(0, "pending", null, 1)))));
    assertEquals(
        List.of("t0 runs on box, attempt 2"),
        progressFormatter.since(view("running", List.of(task(0, "running", null, 2)))));
  }

  @Test
  void aRetryGivesTheReasonOfTheAttemptBefore() {
    ProgressFormatter progressFormatter = new ProgressFormatter();
    progressFormatter.since(view("running", List.of(task(0, "running", null, 1))));
    JsonObject attempt = new JsonObject().put("number", 1).put("reason", "agentRestarted");
    JsonObject again = JsonMapping.toObject(task(0, "pending", null, 1));
    again.putNull("reason").put("attempts", new JsonArray().add(attempt));
    assertEquals(
        List.of("t0 is tried again: agentRestarted"),
        progressFormatter.since(
            view("running", List.of(JsonMapping.fromObject(again, Task.class)))));
  }

  @Test
  void aTaskThatStaysAckedIsPrintedOnceAsFetching() {
    ProgressFormatter progressFormatter = new ProgressFormatter();
    List<Task> acked = List.of(task(0, "acked", null, 1));
    assertEquals(List.of("s is acked"), progressFormatter.since(view("acked", acked)));
    assertEquals(
        List.of("t0 fetches its inputs on box"), progressFormatter.since(view("acked", acked)));
    assertEquals(List.of(), progressFormatter.since(view("acked", acked)));
  }

  @Test
  void ofManyTasksOnlyThoseThatDidNotEndWellGetLines() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tasks.add(task(i, "finished", i == 7 ? "failed" : "ok", 1));
    }
    List<String> lines = new ProgressFormatter().since(view("running", tasks));
    assertEquals(List.of("s is running", "t7 failed on box: no results"), lines);
  }
}
