package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.broker.s3.S3Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Files that tests leave behind, in a bucket of a real store, on the shipped programs. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BucketArtifactsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path dir;
  private S3Server s3;
  private Path bucket;
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    s3 = S3Server.start();
    bucket = s3.bucket("team");
    fleet = new ProcessFleet(dir);
    fleet.serverEnv(
        Map.of(
            "CTA_AGENTS_LEASE",
            "60s",
            "CTA_ARTIFACTS_STORE",
            "s3",
            "CTA_ARTIFACTS_S3_URL",
            "s3://team/cta/",
            "CTA_ARTIFACTS_S3_ENDPOINT",
            s3.url(),
            "CTA_ARTIFACTS_S3_ACCESS_KEY",
            S3Server.ACCESS_KEY,
            "CTA_ARTIFACTS_S3_SECRET_KEY",
            S3Server.SECRET_KEY));
    fleet.startServers().startAgent("a").online(1);
  }

  @AfterEach
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void whatOneServerPutIntoTheBucketIsServedByTheNextOne() throws Exception {
    JsonObject end =
        fleet.api.ended(
            begin("head -c 30000000 /dev/urandom > out.bin; sha256sum out.bin | cut -c1-64"),
            LIMIT);
    assertEquals("ok", end.getString("result"), end::encode);
    JsonObject kept = artifacts(end).get(0);
    assertEquals(log(kept), kept.getString("sha256"));
    assertTrue(Files.isRegularFile(object(kept.getString("sha256"))));
    assertFalse(isStaged());
    fleet.server().kill();
    fleet.start(fleet.servers().get(0));
    HttpResponse<byte[]> answer = get(artifacts(end).get(0).getString("link"));
    assertEquals(200, answer.statusCode());
    assertEquals(kept.getString("sha256"), sha256(answer.body()));
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
  }

  @Test
  void aBucketThatIsAwayForAWhileLosesNothing() throws Exception {
    s3.stop();
    String id = begin("echo hello > out.txt; sha256sum out.txt | cut -c1-64");
    // the server cannot even say whether it has the content
    ConditionPoller.holds(
        "an agent to be refused", LIMIT, this::agentLog, log -> log.contains("answered 503"));
    s3.startAgain();
    JsonObject end = fleet.api.ended(id, LIMIT);
    assertEquals("ok", end.getString("result"), end::encode);
    JsonObject kept = artifacts(end).get(0);
    assertEquals("hello\n", new String(get(kept.getString("link")).body()));
    assertEquals(log(kept), kept.getString("sha256"));
  }

  private String begin(String script) {
    JsonObject test = ProcessFleet.test("t", script).put("artifacts", new JsonArray().add("out.*"));
    fleet.define("keeping", "mono", new JsonObject(), ProcessFleet.tests(test));
    return fleet.api.start("keeping");
  }

  private List<JsonObject> artifacts(JsonObject execution) {
    return fleet.api.all("/api/v1/executions/" + execution.getString("id") + "/artifacts");
  }

  /** What the test has printed: the digest of its file. */
  private String log(JsonObject artifact) {
    return fleet.api.text("/api/v1/tasks/" + artifact.getString("taskId") + "/log").strip();
  }

  private String agentLog() {
    try {
      return Files.readString(fleet.logOf("a"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isStaged() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.anyMatch(path -> path.getParent().endsWith("incoming"));
    }
  }

  private Path object(String sha256) {
    return bucket.resolve("cta").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private HttpResponse<byte[]> get(String link) throws IOException, InterruptedException {
    URI uri = URI.create(link.startsWith("http") ? link : fleet.url() + link);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
