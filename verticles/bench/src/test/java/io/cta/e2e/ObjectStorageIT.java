package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.broker.s3.S3Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inputs out of a bucket and outputs into it, on the shipped programs and a real store. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ObjectStorageIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path dir;
  private S3Server store;
  private Path bucket;
  private ProcessFleet fleet;
  private String password = "store-password";

  @BeforeEach
  void start() {
    store = S3Server.start();
    bucket = store.bucket("team");
    fleet = new ProcessFleet(dir);
    // an agent that is started again on a busy machine must be heard before that
    fleet.serverEnv(Map.of("CTA_AGENTS_LEASE", "60s"));
    fleet.startServers().startAgent("a").online(1);
    secret("store-user", S3Server.ACCESS_KEY);
    secret("store-password", S3Server.SECRET_KEY);
  }

  @AfterEach
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
    store.close();
  }

  @Test
  void filesComeOutOfTheBucketAndResultsGoIntoIt() throws Exception {
    Files.createDirectories(bucket.resolve("in/deep"));
    Files.writeString(bucket.resolve("in/one.txt"), "one\n");
    Files.writeString(bucket.resolve("in/deep/two.txt"), "two\n");
    JsonObject end = run("cat data/one.txt data/deep/two.txt > out.txt; cat out.txt");
    assertEquals("ok", end.getString("result"), end::encode);
    assertEquals(List.of(), warnings(end));
    assertEquals("one\ntwo\n", Files.readString(pushed("out.txt")));
    JsonObject results = new JsonObject(Files.readString(pushed("results.json")));
    assertEquals(end.getString("id"), results.getString("executionId"));
    assertEquals("finished", results.getString("state"));
    assertTrue(results.getJsonArray("statuses").size() > 0);
    String log = log(end);
    assertTrue(log.contains("2 of 2 files pushed"), log);
  }

  @Test
  void aStoreThatRefusesIsAWarningAndNoResult() {
    secret("wrong-password", "not-the-password");
    password = "wrong-password";
    JsonObject end = run("echo x > out.txt", false);
    assertEquals("ok", end.getString("result"), end::encode);
    String warnings = warnings(end).toString();
    assertTrue(warnings.contains("output s3://team/runs/ not pushed: 0 of 2"), warnings);
    assertTrue(warnings.contains("SignatureDoesNotMatch"), warnings);
  }

  @Test
  void anAgentThatIsKilledDuringAnUploadInPartsGoesOnWithIt() throws Exception {
    define("head -c 200000000 /dev/urandom > out.bin; sha256sum out.bin | cut -c1-64", false);
    String id = fleet.api.start("storing");
    ConditionPoller.holds("parts to be pushed", LIMIT, this::uploads, count -> count > 0);
    fleet.agent("a").kill();
    assertTrue(uploads() > 0, "it was killed on its way");
    fleet.startAgent("a");
    JsonObject end = fleet.api.ended(id, LIMIT);
    assertEquals("ok", end.getString("result"), end::encode);
    assertEquals(1, attempts(end).size(), () -> "its tests ran again: " + trace(end));
    assertEquals(List.of(), warnings(end));
    assertEquals(log(end).lines().findFirst().orElse(""), sha256(pushed("out.bin")));
  }

  /** What there is to see why. */
  private String trace(JsonObject end) {
    try {
      return attempts(end) + "\n" + Files.readString(fleet.logOf("a"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private long uploads() {
    try (Stream<Path> all = Files.walk(fleet.dataOf("a"))) {
      return all.filter(p -> p.getParent().endsWith("uploads") && p.toString().endsWith(".json"))
          .count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private JsonObject run(String script) {
    return run(script, true);
  }

  private JsonObject run(String script, boolean fetches) {
    define(script, fetches);
    return fleet.api.ended(fleet.api.start("storing"), LIMIT);
  }

  private void define(String script, boolean fetches) {
    JsonObject test = ProcessFleet.test("t", script).put("artifacts", new JsonArray().add("out.*"));
    fleet.define("storing", "mono", new JsonObject(), ProcessFleet.tests(test));
    JsonArray inputs = new JsonArray();
    if (fetches) {
      inputs.add(place("s3://team/in/").put("to", "data"));
    }
    fleet.api.apply(
        new JsonObject()
            .put("kind", "TestSuite")
            .put("name", "storing")
            .put("inputs", inputs)
            .put("outputs", new JsonArray().add(place("s3://team/runs/")))
            .put("tests", ProcessFleet.tests(test)));
  }

  private JsonObject place(String url) {
    return new JsonObject()
        .put("type", "s3")
        .put("url", url)
        .put("endpoint", store.url())
        .put("accessKey", "store-user")
        .put("secretKey", password);
  }

  private Path pushed(String name) throws IOException {
    try (Stream<Path> all = Files.walk(bucket.resolve("runs/storing"))) {
      return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private JsonArray attempts(JsonObject execution) {
    return task(execution).getJsonArray("attempts");
  }

  private List<?> warnings(JsonObject execution) {
    JsonArray attempts = attempts(execution);
    return attempts.getJsonObject(attempts.size() - 1).getJsonArray("warnings").getList();
  }

  private String log(JsonObject execution) {
    return fleet.api.text("/api/v1/tasks/" + task(execution).getString("id") + "/log");
  }

  private JsonObject task(JsonObject execution) {
    return fleet.api.all("/api/v1/executions/" + execution.getString("id") + "/tasks").get(0);
  }

  private void secret(String name, String value) {
    JsonObject body = new JsonObject().put("name", name).put("value", value);
    BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/secrets", body.encode()));
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
