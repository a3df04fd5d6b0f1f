package io.cta.e2e;

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
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    fleet = new ProcessFleet(dir).startServers().startAgent("a").startAgent("b").online(2);
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(ProcessFleet.test("t" + i, "sleep 0.1"));
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
    fleet.startServers();
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
  void anAgentThatNeverComesBackLeavesNothingRunningForever() {
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
    fleet.startServers();
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
    ConditionPoller.holds(
        "first results",
        LIMIT,
        () -> fleet.api.execution(ids.get(0)).getInteger("tasksDone"),
        done -> done >= 2);
  }

  private void checkAll(List<String> ids) {
    ExecutionAssertions.check(fleet.api, ids, TESTS, LIMIT);
  }
}
