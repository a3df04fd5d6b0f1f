package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scenario whose test starts it again by the command: the chain is cut off. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChainCutIT {
  @TempDir Path dir;
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws Exception {
    fleet = ServerKills.fleet(dir, Map.of());
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void aTestThatStartsItsOwnScenarioIsCutOff() throws Exception {
    String token =
        BlockingApiClient.expect(
                201, fleet.api.send("POST", "/api/v1/tokens", "{\"name\": \"loop\"}"))
            .getString("raw");
    String run =
        "java -XX:TieredStopAtLevel=1 -jar '"
            + ShippedJars.SERVER
            + "' run loop --server "
            + fleet.url()
            + " --token "
            + token;
    fleet.define("loop", "mono", new JsonObject(), ProcessFleet.tests(ProcessFleet.test("t", run)));
    String id = fleet.api.start("loop");
    List<JsonObject> chain =
        ConditionPoller.holds(
            "the end of the loop",
            ServerKills.LIMIT,
            () -> executions(id),
            all ->
                all.size() == 9
                    && all.stream().allMatch(e -> "finished".equals(e.getString("state"))));
    for (int depth = 0; depth < 9; depth++) {
      JsonObject execution = chain.get(depth);
      assertEquals(depth, execution.getInteger("depth"));
      assertEquals(depth < 8 ? "ok" : "failed", execution.getString("result"));
    }
  }

  private List<JsonObject> executions(String id) {
    return fleet.api.get("/api/v1/executions/" + id + "/chain").getJsonArray("executions").stream()
        .map(one -> (JsonObject) one)
        .toList();
  }
}
