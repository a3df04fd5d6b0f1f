package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.broker.s3.S3Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The results of all machines go into a bucket, on the shipped programs and a real store. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PushIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path dir;
  private S3Server store;
  private Path bucket;
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    store = S3Server.start();
    bucket = store.bucket("team");
    fleet = new ProcessFleet(dir);
    fleet.serverEnv(Map.of("CTA_AGENTS_LEASE", "60s", "CTA_OUTGOING_ALLOW", "127.0.0.1"));
    fleet.startServers().startAgent("a").startAgent("b").online(2);
    secret("store-user", S3Server.ACCESS_KEY);
    secret("store-password", S3Server.SECRET_KEY);
    define();
  }

  @AfterEach
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
    store.close();
  }

  @Test
  void resultsOfAllMachinesAreInOneFile() throws Exception {
    String id = fleet.api.start("both");
    assertEquals("failed", fleet.api.ended(id, LIMIT).getString("result"));
    outcome(id, "done");
    String junit = Files.readString(file(id, "junit.xml"));
    assertTrue(junit.contains("hostname=\"a\"") && junit.contains("hostname=\"b\""), junit);
    JsonObject json = new JsonObject(Files.readString(file(id, "execution.json")));
    assertEquals(2, json.getJsonArray("tasks").size());
    assertEquals(2, json.getJsonArray("statuses").size());
    assertFalse(json.encode().contains(S3Server.SECRET_KEY));
  }

  @Test
  void aServerThatIsKilledWhileTheStoreIsAwayPushesWhenBothAreBack() throws Exception {
    store.stop();
    String id = fleet.api.start("both");
    fleet.api.ended(id, LIMIT);
    ConditionPoller.holds(
        "a push that did not arrive",
        LIMIT,
        () -> after(id),
        after -> after.getString("text", "").startsWith("not pushed yet"));
    fleet.server().kill();
    store.startAgain();
    fleet.start(fleet.servers().get(0));
    outcome(id, "done");
    assertTrue(Files.exists(file(id, "junit.xml")));
    assertTrue(Files.exists(file(id, "execution.json")));
  }

  private void define() {
    fleet.define(
        "both", "stress", new JsonObject(), ProcessFleet.tests(ProcessFleet.test("t", "exit 3")));
    JsonObject to =
        new JsonObject()
            .put("type", "s3")
            .put("url", "s3://team/results/")
            .put("endpoint", store.url())
            .put("accessKey", "store-user")
            .put("secretKey", "store-password");
    fleet.api.apply(
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", "both")
            .put("suite", "both")
            .put("configuration", "both")
            .put(
                "after",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("when", "result != ok")
                            .put("push", new JsonObject().put("to", to)))));
  }

  private void outcome(String id, String state) {
    ConditionPoller.holds(
        "results to be pushed",
        LIMIT,
        () -> after(id),
        after -> state.equals(after.getString("state")));
  }

  private JsonObject after(String id) {
    return fleet.api.execution(id).getJsonArray("after").getJsonObject(0);
  }

  private Path file(String id, String name) {
    return bucket.resolve("results").resolve("both").resolve(id).resolve(name);
  }

  private void secret(String name, String value) {
    JsonObject body = new JsonObject().put("name", name).put("value", value);
    BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/secrets", body.encode()));
  }
}
