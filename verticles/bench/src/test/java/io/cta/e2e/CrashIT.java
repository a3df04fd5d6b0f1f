package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.Fleet;
import io.cta.bench.fleet.Until;
import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of server and agents while executions run: nothing lost, nothing doubled. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrashIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int EXECUTIONS = 10;
  private static final int TESTS = 6;

  @TempDir Path dir;
  private Fleet fleet;

  @BeforeEach
  void start() {
    fleet = new Fleet(dir, KeptPort.next()).startServer().startAgent("a").startAgent("b").online(2);
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(Fleet.test("t" + i, "sleep 0.1"));
    }
    JsonObject limits = new JsonObject().put("pending", "90s").put("running", "90s");
    fleet.define("many", "parallel", limits, tests);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void theServerDiesInTheMiddleAndEveryExecutionReachesItsRightEnd() {
    List<String> ids = startAll();
    waitForProgress(ids);
    fleet.server().kill();
    fleet.startServer();
    checkAll(ids);
  }

  @Test
  void anAgentDiesInTheMiddleAndEveryExecutionReachesItsRightEnd() {
    List<String> ids = startAll();
    waitForProgress(ids);
    fleet.agent("a").kill();
    fleet.startAgent("a");
    checkAll(ids);
  }

  @Test
  void original_8_6_anAgentThatNeverComesBackLeavesNothingRunningForever() {
    List<String> ids = startAll();
    waitForProgress(ids);
    fleet.agent("b").kill();
    checkAll(ids);
  }

  @Test
  void aServerThatIsToldToLeaveEndsCleanlyAndKeepsWhatItKnew() {
    List<String> ids = startAll();
    waitForProgress(ids);
    int code = fleet.server().terminate();
    assertTrue(code == 0 || code == 143, "exit code " + code);
    fleet.startServer();
    checkAll(ids);
  }

  private List<String> startAll() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < EXECUTIONS; i++) {
      ids.add(fleet.api.start("many"));
    }
    return ids;
  }

  private void waitForProgress(List<String> ids) {
    Until.holds(
        "first results",
        LIMIT,
        () -> fleet.api.execution(ids.get(0)).getInteger("tasksDone"),
        done -> done >= 2);
  }

  private void checkAll(List<String> ids) {
    for (String id : ids) {
      JsonObject end = fleet.api.ended(id, LIMIT);
      assertEquals("finished", end.getString("state"), end.encode());
      assertEquals("ok", end.getString("result"), end.encode());
      assertEquals(TESTS, end.getJsonObject("counts").getInteger("ok"), end.encode());
      checkStatuses(id);
    }
  }

  /** Every test has one status in the last attempt of its task, and no status is there twice. */
  private void checkStatuses(String execution) {
    Map<String, Integer> lastAttempts = new HashMap<>();
    fleet
        .api
        .all("/api/v1/executions/" + execution + "/tasks")
        .forEach(task -> lastAttempts.put(task.getString("id"), task.getInteger("attempt")));
    Set<String> seen = new HashSet<>();
    Set<String> okTests = new HashSet<>();
    for (JsonObject s : fleet.api.all("/api/v1/executions/" + execution + "/statuses")) {
      assertTrue(seen.add(s.getString("id")), "doubled: " + s.encode());
      // an attempt whose machine died after its report keeps its statuses, and does not count
      if (lastAttempts.get(s.getString("taskId")).equals(s.getInteger("attempt"))) {
        assertEquals("ok", s.getString("result"), s.encode());
        assertTrue(okTests.add(s.getString("testId")), "counted twice: " + s.encode());
      }
    }
    assertEquals(TESTS, okTests.size());
  }
}
