package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two agents on one host, the second on a copy of the first one's data directory. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CopiedAgentIT {
  private static final int REFUSED = 77;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path dir;
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    fleet = new ProcessFleet(dir).startServers().startAgent("original").online(1);
    JsonObject limits = new JsonObject().put("pending", "90s").put("running", "90s");
    fleet.define("slow", "mono", limits, new JsonArray().add(ProcessFleet.test("t", "sleep 8")));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void theCopyLeavesAndEndsNothingThatTheOriginalRuns() throws IOException {
    String id = fleet.api.start("slow");
    ConditionPoller.holds("it runs", LIMIT, () -> state(id), "running"::equals);
    copy(fleet.dataOf("original"), fleet.dataOf("copy"));
    fleet.startAgent("copy");
    assertEquals(REFUSED, fleet.agent("copy").waitForEnd());
    ExecutionAssertions.check(fleet.api, List.of(id), 1, LIMIT);
    assertEquals(1, tasks(id).get(0).getInteger("attempt"));
  }

  private List<JsonObject> tasks(String id) {
    return fleet.api.all("/api/v1/executions/" + id + "/tasks");
  }

  private String state(String id) {
    return fleet.api.execution(id).getString("state");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
