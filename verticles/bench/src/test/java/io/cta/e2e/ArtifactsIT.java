package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that tests leave behind, on the shipped programs. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ArtifactsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path dir;
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    fleet = new ProcessFleet(dir);
    // a loaded machine is slow to bring an agent back
    fleet.serverEnv(Map.of("CTA_AGENTS_LEASE", "60s"));
    fleet.startServers().startAgent("a").online(1);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void filesAreServedSoThatNoBrowserRunsThem() throws Exception {
    JsonObject end =
        run(
            "mkdir -p out .git; echo '<svg onload=alert(1)>' > out/a.svg; echo '<b>' > out/a.html\n"
                + "echo hi > out/a.txt; ln -s /etc/passwd out/leak; echo x > .git/config\n"
                + "touch \"out/$(printf 'e\\033[2Jvil')\"; exit 1");
    assertEquals("failed", end.getString("result"));
    Map<String, JsonObject> byPath =
        artifacts(end).stream()
            .collect(java.util.stream.Collectors.toMap(a -> a.getString("path"), a -> a));
    assertEquals(java.util.Set.of("out/a.svg", "out/a.html", "out/a.txt"), byPath.keySet());
    for (String path : List.of("out/a.svg", "out/a.html")) {
      HttpResponse<String> answer = get(byPath.get(path).getString("link"));
      assertEquals(200, answer.statusCode());
      assertEquals("application/octet-stream", header(answer, "Content-Type"));
      assertTrue(header(answer, "Content-Disposition").startsWith("attachment;"));
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
      assertTrue(header(answer, "Content-Security-Policy").startsWith("sandbox;"));
    }
    assertEquals("hi\n", get(byPath.get("out/a.txt").getString("link")).body());
    JsonArray warnings = attempt(end).getJsonArray("warnings");
    assertEquals(2, warnings.size(), warnings::encode);
    assertTrue(warnings.encode().contains("out/leak is a link that leads out"), warnings::encode);
  }

  @Test
  void anAgentThatIsKilledDuringTheUploadSendsTheRestWhenItStarts() throws Exception {
    String id = begin("head -c 150000000 /dev/urandom > out.bin; sha256sum out.bin | cut -c1-64");
    ConditionPoller.holds("a part to come", LIMIT, this::incoming, size -> size > 0);
    fleet.agent("a").kill();
    fleet.startAgent("a");
    JsonObject end = fleet.api.ended(id, LIMIT);
    assertEquals(1, attempt(end).getInteger("number"), "its tests did not run again");
    assertEquals("ok", end.getString("result"));
    List<JsonObject> kept = artifacts(end);
    assertEquals(
        1, kept.size(), () -> fleet.api.all("/api/v1/executions/" + id + "/tasks").toString());
    String task = kept.get(0).getString("taskId");
    String log = fleet.api.text("/api/v1/tasks/" + task + "/log").strip();
    assertEquals(log, kept.get(0).getString("sha256"));
    assertEquals(150_000_000L, kept.get(0).getLong("size"));
  }

  private long incoming() {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(path -> path.getParent().endsWith("incoming")).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private JsonObject run(String script) {
    return fleet.api.ended(begin(script), LIMIT);
  }

  private String begin(String script) {
    JsonObject test =
        ProcessFleet.test("t", script).put("artifacts", new JsonArray().add("out*").add("**"));
    fleet.define("keeping", "mono", new JsonObject(), ProcessFleet.tests(test));
    return fleet.api.start("keeping");
  }

  private List<JsonObject> artifacts(JsonObject execution) {
    return fleet.api.all("/api/v1/executions/" + execution.getString("id") + "/artifacts");
  }

  private JsonObject attempt(JsonObject execution) {
    JsonArray attempts =
        fleet
            .api
            .all("/api/v1/executions/" + execution.getString("id") + "/tasks")
            .get(0)
            .getJsonArray("attempts");
    return attempts.getJsonObject(attempts.size() - 1);
  }

  private HttpResponse<String> get(String link) throws IOException, InterruptedException {
    URI uri = URI.create(link.startsWith("http") ? link : fleet.url() + link);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
