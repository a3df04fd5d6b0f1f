package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server builds jobs when scenarios end: with crumbs, parameters, a queue and results.
 * Unlike a Jenkins of today it answers a start with 302 to the job and names no queue item.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HudsonIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path dir;
  private HudsonServer hudson;
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws Exception {
    hudson = HudsonServer.start(dir.resolve("hudson"));
    fleet = ServerKills.fleet(dir, Map.of());
    fleet.api.apply(
        new JsonObject()
            .put("kind", "Forge")
            .put("name", "ci")
            .put("type", "jenkins")
            .put("url", hudson.url())
            .put("user", "cta")
            .put("token", "nobody-asks-for-it"));
  }

  @AfterEach
  void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (hudson != null) {
      hudson.close();
    }
  }

  @Test
  void aJobIsBuiltWithItsParametersAndFollowedToItsResult() throws Exception {
    hudson.job("deploy", "test \"$WHAT\" = good", "CTA_EXECUTION_ID", "WHAT");
    define("good", "deploy", "good");
    define("bad", "deploy", "broken");
    JsonObject done = built("good");
    assertEquals("done", done.getString("state"), done::encode);
    JsonObject build = done.getJsonObject("jenkinsBuild");
    assertEquals("SUCCESS", build.getString("result"), done::encode);
    JsonObject there = hudson.build("deploy", build.getInteger("number"));
    assertTrue(there.encode().contains("\"name\":\"WHAT\",\"value\":\"good\""), there::encode);
    assertEquals(hudson.url() + "/job/deploy/1/", build.getString("url"));
    JsonObject failed = built("bad");
    assertEquals("failed", failed.getString("state"), failed::encode);
    assertEquals("FAILURE", failed.getJsonObject("jenkinsBuild").getString("result"));
    assertEquals(2, failed.getJsonObject("jenkinsBuild").getInteger("number"));
  }

  @Test
  void aJobThatDoesNotDeclareWhatItWouldGetIsNotBuilt() throws Exception {
    hudson.job("plain", "true", "CTA_EXECUTION_ID");
    define("good", "plain", "good");
    JsonObject failed = built("good");
    assertEquals("failed", failed.getString("state"), failed::encode);
    assertTrue(failed.getString("text").contains("declares no parameter WHAT"), failed::encode);
  }

  private void define(String scenario, String job, String what) {
    fleet.define(
        scenario, "mono", new JsonObject(), ProcessFleet.tests(ProcessFleet.test("t", "true")));
    JsonObject build =
        new JsonObject()
            .put("forge", "ci")
            .put("job", job)
            .put("parameters", new JsonObject().put("WHAT", what));
    fleet.api.apply(
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", scenario)
            .put("suite", scenario)
            .put("configuration", scenario)
            .put("after", new JsonArray().add(new JsonObject().put("build", build))));
  }

  /** What became of the build of an execution. */
  private JsonObject built(String scenario) {
    String id = fleet.api.start(scenario);
    return ConditionPoller.holds(
        "the end of the build of " + scenario,
        LIMIT,
        () -> fleet.api.execution(id).getJsonArray("after").getJsonObject(0),
        after -> !Set.of("waiting", "due", "sending").contains(after.getString("state")));
  }
}
