package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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

/** Tests get secrets, and print them in every way; nobody finds one anywhere afterwards. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOKEN = "kT5xq0-n8w&\"Zz";
  private static final String READ_TOKEN = "kT7yy-read-token";
  private static final String CHAT = "chatT0ken-in-the-address";
  private static final String KEY =
      "-----BEGIN KEY-----\nMIIBVwIBADANBgkqhkiG9w\n-----END KEY-----\n";

  /** No form of the secrets can be told without one of these. */
  private static final List<String> TRACES =
      List.of(
          "kT5xq0-n8w",
          READ_TOKEN,
          CHAT,
          "MIIBVwIBADANBgkqhkiG9w",
          Base64.getEncoder().encodeToString("kT5xq0-n8".getBytes(StandardCharsets.UTF_8)));

  @TempDir Path dir;
  private WebhookRecorder recorder;
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws IOException {
    recorder = new WebhookRecorder();
    fleet =
        new ProcessFleet(dir)
            .serverEnv(Map.of("CTA_OUTGOING_ALLOW", "127.0.0.1"))
            .startServers()
            .startAgent("a")
            .online(1);
    fleet.api.apply(
        new JsonObject().put("kind", "Channel").put("name", "hook").put("url", recorder.url()),
        new JsonObject()
            .put("kind", "Channel")
            .put("name", "chat")
            .put("type", "mattermost")
            .put("url", recorder.url() + "/refuse/" + CHAT));
    secret("deploy-token", TOKEN);
    secret("signing-key", KEY);
  }

  @AfterEach
  void stop() {
    fleet.close();
    recorder.close();
  }

  @Test
  void aSecretReachesTheTestAndNothingElse() throws Exception {
    Path proof = dir.resolve("proof");
    define(
        """
        printf '%%s' "$TOKEN" | sha256sum | cut -c1-64 > '%s'
        printf '%%s\\n' "$TOKEN" "$KEY"
        printf 'begin %%.6s' "$TOKEN"; sleep 0.3; printf '%%s end\\n' "${TOKEN#??????}"
        printf '%%s' "$TOKEN" | base64; printf '%%s' "$KEY" | base64
        set -x; true "$TOKEN"; set +x
        echo "last: $TOKEN" >&2
        x=$(printf '%%s' "$TOKEN" | sed 's/&/\\&amp;/g; s/"/\\&quot;/g')
        j=$(printf '%%s' "$TOKEN" | sed 's/"/\\\\"/g')
        cat > report.xml <<EOF
        <testsuite name="s" tests="2" failures="1"><testcase classname="c" name="with $x"/>
        <testcase classname="c" name="b"><failure message="no $x">at $x
        $KEY</failure><system-out>$(seq 1 3000) $x $(seq 1 3000)</system-out></testcase></testsuite>
        EOF
        curl -s -X POST -H "Authorization: Bearer $CTA_TOKEN" -H 'Content-Type: application/json' \
          -d "{\\"status\\":\\"failed\\",\\"testId\\":\\"own $j\\",\\"description\\":\\"$j\\",\\"custom\\":{\\"$j\\":\\"$j\\"}}" \\
          "$CTA_URL/results" > answer.txt; cat answer.txt
        """
            .formatted(proof));
    String id = fleet.api.start("secretive");
    JsonObject end = fleet.api.ended(id, LIMIT);
    assertEquals("failed", end.getString("result"), end::encode);
    assertEquals(digest(TOKEN), Files.readString(proof).strip());
    String task = fleet.api.all("/api/v1/executions/" + id + "/tasks").get(0).getString("id");
    String log = fleet.api.text("/api/v1/tasks/" + task + "/log");
    assertTrue(log.contains("begin *** end"), log);
    assertTrue(log.contains("last: ***"), log);
    String statuses = fleet.api.all("/api/v1/executions/" + id + "/statuses").toString();
    assertTrue(statuses.contains("with ***") && statuses.contains("own ***"), statuses);
    assertNoTrace(log + statuses + end.encode());
    List<JsonObject> files = fleet.api.all("/api/v1/executions/" + id + "/artifacts");
    assertEquals(2, files.size(), files.toString());
    for (JsonObject file : files) {
      assertNoTrace(fleet.api.text("/api/v1/artifacts/" + file.getString("id")));
    }
    assertNoTrace(told(id));
    fleet.close();
    assertNoTraceOnDisk();
  }

  /** What left the server, and what it says of that. */
  private String told(String id) {
    ConditionPoller.holds(
        "the end of the messages",
        LIMIT,
        () -> fleet.api.execution(id).getJsonArray("after").getJsonObject(0).getString("state"),
        "failed"::equals);
    assertEquals(2, recorder.received.size());
    String bodies = recorder.received.toString();
    assertTrue(bodies.contains("no ***") || bodies.contains("own ***"), bodies);
    String deliveries = fleet.api.all("/api/v1/deliveries?execution=" + id).toString();
    assertTrue(deliveries.contains("404"), deliveries);
    return bodies + deliveries;
  }

  @Test
  void aStartWithoutItsSecretIsRefusedAndOneInUseStays() {
    define("printf '%s' \"$TOKEN\"");
    delete("signing-key", 409);
    fleet.api.apply(
        new JsonObject()
            .put("kind", "TestSuite")
            .put("name", "secretive")
            .put("secrets", new JsonObject().put("TOKEN", "nobody-made-it"))
            .put("tests", new JsonArray().add(ProcessFleet.test("one", "true"))));
    var refused = fleet.api.send("POST", "/api/v1/executions", "{\"scenario\":\"secretive\"}");
    assertEquals(400, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("secrets.TOKEN"), refused.body());
  }

  @Test
  void anInputIsFetchedWithItsSecretWhichTheTestsDoNotSee() throws Exception {
    HttpServer files = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    files.createContext("/data.txt", SecretsIT::serve);
    files.start();
    try {
      String url = "http://127.0.0.1:" + files.getAddress().getPort() + "/data.txt";
      secret("read-token", READ_TOKEN);
      JsonObject input =
          new JsonObject().put("type", "http").put("url", url).put("token", "read-token");
      fleet.api.apply(
          new JsonObject()
              .put("kind", "TestSuite")
              .put("name", "fetching")
              .put("inputs", new JsonArray().add(input))
              .put(
                  "tests",
                  new JsonArray()
                      .add(ProcessFleet.test("t", "grep -q content data.txt\n! env | grep kT7yy"))),
          new JsonObject().put("kind", "Configuration").put("name", "fetching"),
          new JsonObject()
              .put("kind", "Scenario")
              .put("name", "fetching")
              .put("suite", "fetching")
              .put("configuration", "fetching"));
      delete("read-token", 409);
      JsonObject end = fleet.api.ended(fleet.api.start("fetching"), LIMIT);
      assertEquals("ok", end.getString("result"), end::encode);
      fleet.close();
      assertNoTraceOnDisk();
    } finally {
      files.stop(0);
    }
  }

  private static void serve(HttpExchange exchange) throws IOException {
    boolean known =
        ("Bearer " + READ_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = "content\n".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void secret(String name, String value) {
    JsonObject body = new JsonObject().put("name", name).put("value", value);
    BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/secrets", body.encode()));
  }

  private void delete(String name, int status) {
    assertEquals(status, fleet.api.send("DELETE", "/api/v1/secrets/" + name, null).statusCode());
  }

  private void define(String script) {
    JsonObject test =
        ProcessFleet.test("one", script)
            .put("report", new JsonObject().put("junit", "report.xml"))
            .put("artifacts", new JsonArray().add("*.xml").add("*.txt"));
    fleet.api.apply(
        new JsonObject()
            .put("kind", "TestSuite")
            .put("name", "secretive")
            .put("secrets", new JsonObject().put("TOKEN", "deploy-token").put("KEY", "signing-key"))
            .put("tests", new JsonArray().add(test)),
        new JsonObject().put("kind", "Configuration").put("name", "secretive"),
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", "secretive")
            .put("suite", "secretive")
            .put("configuration", "secretive")
            .put(
                "after",
                new JsonArray()
                    .add(new JsonObject("{\"notify\":{\"channels\":[\"hook\",\"chat\"]}}"))));
  }

  private void assertNoTrace(String text) {
    TRACES.forEach(
        trace -> assertFalse(text.contains(trace), trace + " is in " + around(text, trace)));
  }

  private static String around(String text, String trace) {
    int at = text.indexOf(trace);
    return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  private static String digest(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Looks into every file of server and agent, but those that the test itself wrote. */
  private void assertNoTraceOnDisk() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean own = file.toString().contains("/work/");
        TRACES.stream()
            .filter(trace -> !own && text.contains(trace))
            .forEach(trace -> found.add(file + ": " + trace));
        files++;
      }
    }
    assertEquals(List.of(), found);
    assertTrue(files > 5, "only " + files + " files were looked into");
  }
}
