package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.JavaProcess;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A CI job that waits, and a person who reads a log, while their server dies and comes back. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WaitOverRestartIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern ID = Pattern.compile("execution ([0-9A-Z]{26})");

  private static final Pattern OWN_LINES = Pattern.compile("(?m)^cta: .*\n");

  @TempDir Path dir;
  private final List<JavaProcess> commands = new ArrayList<>();
  private ProcessFleet fleet;
  private String token;
  private Path end;

  @BeforeEach
  void start() {
    end = dir.resolve("end");
    fleet = new ProcessFleet(dir).startServers().startAgent("a").online(1);
    String script = "while [ ! -e '" + end + "' ]; do echo tick; sleep 0.2; done; echo the end";
    JsonObject limits = new JsonObject().put("pending", "2m").put("running", "3m");
    fleet.define("waits", "mono", limits, ProcessFleet.tests(ProcessFleet.test("t", script)));
    JsonObject order = new JsonObject().put("name", "ci").put("role", "runner");
    token =
        BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/tokens", order.encode()))
            .getString("raw");
  }

  @AfterEach
  void stop() throws IOException {
    // lets the test go, whatever became of it
    Files.writeString(end, "");
    commands.forEach(JavaProcess::close);
    fleet.close();
  }

  @Test
  void bothGoOnAndShowTheEnd() throws IOException {
    JavaProcess run = cta("run", "waits", "--wait");
    String id = ConditionPoller.holds("its id", LIMIT, () -> id(run), found -> found != null);
    String task = ConditionPoller.holds("the task", LIMIT, () -> task(id), found -> found != null);
    JavaProcess log = cta("log", task, "--follow");
    said(log, "tick");
    fleet.server().kill();
    said(run, "trying again");
    said(log, "trying again");
    fleet.startServers();
    Files.writeString(end, "");
    assertEquals(0, run.waitForEnd(), run.output());
    assertEquals(0, log.waitForEnd(), log.output());
    // that the server is back may be said before what it sends or after it
    assertTrue(OWN_LINES.matcher(log.output()).replaceAll("").endsWith("the end\n"), log.output());
    JsonObject done = fleet.api.ended(id, LIMIT);
    assertEquals("ok", done.getString("result"));
    JsonArray tasks = fleet.api.get("/api/v1/executions/" + id + "/tasks").getJsonArray("items");
    assertEquals(1, tasks.getJsonObject(0).getInteger("attempt"));
  }

  private JavaProcess cta(String... arguments) {
    Map<String, String> env = Map.of("CTA_SERVER", fleet.url(), "CTA_TOKEN", token);
    Path output = dir.resolve("command-" + commands.size());
    JavaProcess command = new JavaProcess(ShippedJars.SERVER, output, env, List.of(arguments));
    commands.add(command);
    return command;
  }

  private static void said(JavaProcess command, String words) {
    ConditionPoller.holds(words, LIMIT, command::output, text -> text.contains(words));
  }

  private static String id(JavaProcess run) {
    Matcher found = ID.matcher(run.output());
    return found.find() ? found.group(1) : null;
  }

  private String task(String execution) {
    return fleet.api.all("/api/v1/executions/" + execution + "/tasks").stream()
        .filter(task -> "running".equals(task.getString("state")))
        .map(task -> task.getString("id"))
        .findFirst()
        .orElse(null);
  }
}
