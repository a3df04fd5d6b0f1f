package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Section 8 of the original's failures, "wrong or lost outcomes", on the shipped jars. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutcomesIT {
  private static final JsonObject LIMITS =
      new JsonObject().put("pending", "60s").put("running", "60s");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path dir;
  private static ProcessFleet fleet;

  @BeforeAll
  static void start() {
    fleet = new ProcessFleet(dir).startServers().startAgent("a").startAgent("b").online(2);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void aHundredBackToBackRunsGiveAHundredRightResults() {
    fleet.define("right", "mono", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "true")));
    fleet.define("wrong", "mono", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "false")));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(fleet.api.start(i % 2 == 0 ? "right" : "wrong"));
    }
    for (int i = 0; i < 100; i++) {
      JsonObject end = fleet.api.ended(ids.get(i), SOON);
      assertEquals("finished", end.getString("state"));
      assertEquals(i % 2 == 0 ? "ok" : "failed", end.getString("result"), end.encode());
      assertEquals(1, fleet.api.all("/api/v1/executions/" + ids.get(i) + "/statuses").size());
    }
  }

  @Test
  void cancelReachesEveryRunningMachine() {
    fleet.define(
        "stress-sleep", "stress", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "sleep 300")));
    String id = fleet.api.start("stress-sleep");
    ConditionPoller.holds("both running", SOON, () -> fleet.api.running(id), n -> n == 2);
    fleet.api.cancel(id);
    JsonObject end = fleet.api.ended(id, SOON);
    assertEquals("cancelled", end.getString("state"));
    for (JsonObject task : fleet.api.all("/api/v1/executions/" + id + "/tasks")) {
      assertEquals("cancelled", task.getString("state"), task.encode());
    }
    assertEquals(0, OwnProcesses.count("sleep 300"), "processes left behind");
  }

  @Test
  void aCancelledParallelRunEndsAtOnceWithEveryTestAccountedFor() {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < 8; i++) {
      tests.add(ProcessFleet.test("t" + i, "sleep 301"));
    }
    fleet.define("parallel-sleep", "parallel", LIMITS, tests);
    String id = fleet.api.start("parallel-sleep");
    ConditionPoller.holds("two running", SOON, () -> fleet.api.running(id), n -> n == 2);
    fleet.api.cancel(id);
    JsonObject end = fleet.api.ended(id, SOON);
    assertEquals("cancelled", end.getString("state"));
    assertEquals(8, fleet.api.all("/api/v1/executions/" + id + "/statuses").size());
    assertEquals(8, end.getJsonObject("counts").getInteger("inconclusive"), end.encode());
  }

  @Test
  void aMachineOnItsSecondParallelTaskCanBeCancelled() {
    fleet.define(
        "parallel-second",
        "parallel",
        LIMITS,
        ProcessFleet.tests(
            ProcessFleet.test("first", "true"),
            ProcessFleet.test("second", "true"),
            ProcessFleet.test("long1", "sleep 302"),
            ProcessFleet.test("long2", "sleep 302")));
    String id = fleet.api.start("parallel-second");
    ConditionPoller.holds(
        "quick ones done",
        SOON,
        () -> fleet.api.execution(id),
        e -> e.getInteger("tasksDone") == 2 && fleet.api.running(id) == 2);
    fleet.api.cancel(id);
    assertEquals("cancelled", fleet.api.ended(id, SOON).getString("state"));
    assertEquals(0, OwnProcesses.count("sleep 302"), "processes left behind");
  }

  @Test
  void exitCodesCountAndNoResultIsNeverNull() {
    fleet.define(
        "codes",
        "mono",
        LIMITS,
        ProcessFleet.tests(
            ProcessFleet.test("good", "exit 0"), ProcessFleet.test("bad", "exit 3")));
    String id = fleet.api.start("codes");
    JsonObject end = fleet.api.ended(id, SOON);
    assertEquals("failed", end.getString("result"));
    assertEquals(1, end.getJsonObject("counts").getInteger("ok"));
    assertEquals(1, end.getJsonObject("counts").getInteger("failed"));
    JsonObject bad = fleet.api.all("/api/v1/executions/" + id + "/statuses?result=failed").get(0);
    assertTrue(bad.getString("message").contains("3"), bad.encode());
  }

  @Test
  void testsLongerThanThePendingTimeoutDoNotLoseTheRestOfTheQueue() {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < 6; i++) {
      tests.add(ProcessFleet.test("t" + i, "sleep 2"));
    }
    fleet.define(
        "slow-group",
        "parallel",
        new JsonObject().put("pending", "3s").put("running", "60s"),
        tests);
    JsonObject end = fleet.api.ended(fleet.api.start("slow-group"), SOON);
    assertEquals("finished", end.getString("state"), end.encode());
    assertEquals(6, end.getJsonObject("counts").getInteger("ok"), end.encode());
  }

  @Test
  void aJobThatCannotStartDoesNotBlockTheAgent() {
    JsonObject badCwd = ProcessFleet.test("t", "true");
    badCwd.getJsonArray("stages").getJsonObject(0).put("cwd", "no/such/dir");
    fleet.define("bad-cwd", "group", LIMITS, ProcessFleet.tests(badCwd));
    fleet.define(
        "after-bad-cwd", "stress", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "true")));
    JsonObject bad = fleet.api.ended(fleet.api.start("bad-cwd"), SOON);
    assertEquals("finished", bad.getString("state"));
    assertEquals("failed", bad.getString("result"));
    JsonObject good = fleet.api.ended(fleet.api.start("after-bad-cwd"), SOON);
    assertEquals("ok", good.getString("result"));
    assertEquals(2, good.getJsonObject("counts").getInteger("ok"));
  }

  @Test
  void noMatchingMachineEndsInconclusiveAndTheServerLivesOn() {
    fleet.api.apply(
        new JsonObject()
            .put("kind", "TestSuite")
            .put("name", "nowhere")
            .put("tests", ProcessFleet.tests(ProcessFleet.test("t", "true"))),
        new JsonObject()
            .put("kind", "Configuration")
            .put("name", "nowhere")
            .put("offline", "skip")
            .put("match", new JsonObject().put("platform", "plan9")),
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", "nowhere")
            .put("suite", "nowhere")
            .put("configuration", "nowhere"));
    JsonObject end = fleet.api.ended(fleet.api.start("nowhere"), SOON);
    assertEquals("finished", end.getString("state"));
    assertEquals("inconclusive", end.getString("result"));
    assertEquals("noMatchingMachine: no machine has platform plan9", end.getString("reason"));
    assertEquals(1, end.getJsonObject("counts").getInteger("inconclusive"));
    assertTrue(fleet.server().alive());
  }

  @Test
  void emptyAfterHandlersAndAnAddressWithoutAListHarmNothing() throws Exception {
    JsonObject text = new JsonObject().put("email", "team@example.org");
    JsonObject list = new JsonObject().put("email", new JsonArray().add("team@example.org"));
    fleet.define("handled", "mono", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "true")));
    for (JsonArray after :
        List.of(
            new JsonArray(),
            new JsonArray().add(new JsonObject()),
            new JsonArray().add(new JsonObject().put("notify", new JsonObject())),
            new JsonArray().add(new JsonObject().put("notify", text)),
            new JsonArray().add(new JsonObject().put("notify", list)))) {
      JsonObject scenario =
          new JsonObject()
              .put("kind", "Scenario")
              .put("name", "handled")
              .put("suite", "handled")
              .put("configuration", "handled")
              .put("after", after);
      JsonObject apply = new JsonObject().put("documents", new JsonArray().add(scenario));
      // no action, no channel, or e-mail, which nothing sends yet
      int wanted = after.isEmpty() ? 200 : 400;
      assertEquals(wanted, fleet.api.send("POST", "/api/v1/apply", apply.encode()).statusCode());
    }
    assertEquals("ok", fleet.api.ended(fleet.api.start("handled"), SOON).getString("result"));
    assertTrue(fleet.server().alive());
  }
}
