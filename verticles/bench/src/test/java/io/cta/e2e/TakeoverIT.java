package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jars of today on the data directories of commit b922936, whose server and agents were killed
 * while executions ran. {@code src/test/resources/takeover} says how these files were made.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "the tests of these executions are shell scripts")
class TakeoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String API = "/api/v1/";
  private static final List<String> AGENTS = List.of("alpha", "beta", "gamma");
  private static final List<String> WAITING = List.of("waiting", "odd");

  /** What is listed, and what only has a place of its own. */
  private static final List<String> LISTED =
      List.of(
          "executions",
          "machines",
          "users",
          "groups",
          "tests",
          "testsuites",
          "configurations",
          "scenarios",
          "schedules");

  private static final List<String> KINDS =
      Stream.concat(LISTED.stream(), Stream.of("tasks")).toList();

  /**
   * How an execution that was in flight ends; the jars of b922936 on the same files say the same.
   *
   * @param attempts of each task
   * @param restarted tasks whose first attempt was cut off
   * @param output what the last attempts have printed
   */
  private record Ending(
      String scenario,
      String result,
      List<Integer> attempts,
      List<Integer> restarted,
      int statuses,
      String output) {}

  private static final List<Ending> ENDINGS =
      List.of(
          // it ended after the server had died: all of that is in the agent's journal only
          new Ending("untold", "ok", List.of(1), List.of(), 2, "ended unheard"),
          // it ran; a status of its first attempt was confirmed
          new Ending("cut", "ok", List.of(2), List.of(0), 3, "attempt 2 goes on"),
          // it ran and says that it can be resumed: at its next stage, in the same attempt
          new Ending("resumed", "inconclusive", List.of(1), List.of(), 1, "second stage"),
          // of three tasks one was over, one ran, one waited for a slot
          new Ending("halfway", "ok", List.of(1, 2, 1), List.of(1), 3, "three"),
          // it was sent, and the agent never read it
          new Ending("unheard", "ok", List.of(1), List.of(), 1, "heard at last"),
          // it was in the agent's journal, and the server had not heard so
          new Ending("unbegun", "ok", List.of(1), List.of(), 1, "begun later"));

  @TempDir Path dir;
  private final EarlierVersion earlier = new EarlierVersion("b922936");
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws IOException {
    earlier.unpack(dir);
    fleet =
        new ProcessFleet(dir)
            // no machine is given up, and no old execution deleted, while this looks on
            .serverEnv(Map.of("CTA_AGENTS_LEASE", "10m", "CTA_RETENTION_AGE", "9999d"))
            .startServers();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void everythingThatWasStoredIsThereAsItWas() {
    checkStored();
    restart();
    checkStored();
  }

  @Test
  void tokensAndPasswordsStillWork() {
    BlockingApiClient program = new BlockingApiClient(List.of(fleet.url()), earlier.token());
    assertEquals("runner", program.get(API + "me").getString("role"));
    assertEquals("ok", program.execution(program.start("ok")).getString("scenarioName"));
    BlockingApiClient nobody = new BlockingApiClient(List.of(fleet.url()), "none");
    JsonObject ada = new JsonObject().put("name", "ada").put("password", "correct horse battery");
    JsonObject me = BlockingApiClient.expect(200, nobody.send("POST", API + "login", ada.encode()));
    assertEquals("ada", me.getString("name"));
    assertEquals(
        401, nobody.send("POST", API + "login", ada.put("password", "x").encode()).statusCode());
  }

  @Test
  void whatWasInFlightComesToItsRightEndAndNewWorkRuns() {
    assertEquals(5, journals().size());
    AGENTS.forEach(name -> fleet.startAgent(name, "--labels", name, "--slots", slots(name)));
    fleet.online(AGENTS.size());
    ENDINGS.forEach(this::check);
    ConditionPoller.holds("journals without attempts", LIMIT, this::journals, List::isEmpty);
    checkNothingLostOrDoubled();
    checkNewWork();
    Map<String, JsonObject> ended = executions();
    restart();
    fleet.online(AGENTS.size());
    assertEquals(ended, executions());
    assertEquals(earlier.said("machines").fieldNames(), byId(API + "machines").keySet());
  }

  private String slots(String agent) {
    return earlier.said("machines").stream()
        .map(entry -> (JsonObject) entry.getValue())
        .filter(machine -> agent.equals(machine.getString("name")))
        .map(machine -> machine.getInteger("slots").toString())
        .findFirst()
        .orElseThrow();
  }

  private void restart() {
    fleet.server().terminate();
    fleet.startServers();
  }

  private void checkStored() {
    List<String> differences = new ArrayList<>();
    for (String kind : KINDS) {
      for (String id : earlier.said(kind).fieldNames()) {
        JsonObject now = fleet.api.get(API + kind + "/" + id);
        // why an execution waits changes with the agents that are there
        differences.addAll(
            EarlierVersion.differences(earlier.said(kind).getJsonObject(id), now, "waitReason"));
      }
    }
    Map<String, JsonObject> statuses = statuses(earlier.said("executions").fieldNames());
    assertEquals(earlier.said("statuses").fieldNames(), statuses.keySet());
    differences.addAll(differencesOfStatuses(statuses));
    assertEquals(List.of(), differences);
    for (String kind : LISTED) {
      assertEquals(earlier.said(kind).fieldNames(), byId(API + kind).keySet());
    }
    for (String task : earlier.said("logs").fieldNames()) {
      assertEquals(earlier.said("logs").getString(task), output(task), task);
    }
  }

  private void check(Ending ending) {
    String id = earlier.executionOf(ending.scenario());
    JsonObject execution = fleet.api.ended(id, LIMIT);
    assertEquals("finished", execution.getString("state"), execution.encode());
    assertEquals(ending.result(), execution.getString("result"), execution.encode());
    JsonObject before = earlier.said("executions").getJsonObject(id);
    for (String field : List.of("snapshot", "requestedAt", "requestedBy", "taskCount", "mode")) {
      JsonObject then = new JsonObject().put(field, before.getValue(field));
      assertEquals(List.of(), EarlierVersion.differences(then, execution));
    }
    List<JsonObject> tasks = new ArrayList<>(byId(executionPath(id, "tasks")).values());
    assertEquals(
        ending.attempts(),
        tasks.stream().map(task -> task.getInteger("attempt")).toList(),
        tasks::toString);
    for (int restarted : ending.restarted()) {
      JsonObject first = tasks.get(restarted).getJsonArray("attempts").getJsonObject(0);
      assertEquals("agentRestarted", first.getString("reason"), first.encode());
      assertTrue(first.getBoolean("infra"), first.encode());
    }
    assertEquals(ending.statuses(), fleet.api.all(executionPath(id, "statuses")).size());
    String output =
        tasks.stream().map(t -> output(t.getString("id"))).collect(Collectors.joining());
    assertTrue(output.contains(ending.output()), output);
  }

  private void checkNothingLostOrDoubled() {
    assertEquals(earlier.said("executions").fieldNames(), byId(API + "executions").keySet());
    Map<String, JsonObject> statuses = statuses(earlier.said("executions").fieldNames());
    assertTrue(statuses.keySet().containsAll(earlier.said("statuses").fieldNames()));
    assertEquals(List.of(), differencesOfStatuses(statuses));
    for (String scenario : WAITING) {
      String id = earlier.executionOf(scenario);
      ConditionPoller.holds(
          scenario + " waits for delta",
          LIMIT,
          () -> fleet.api.execution(id),
          e -> e.getString("waitReason", "").startsWith("the matching machine delta is offline"));
      assertEquals("pending", fleet.api.execution(id).getString("state"));
    }
  }

  /** Scenarios, and snapshots of executions, that the earlier version stored are run once more. */
  private void checkNewWork() {
    JsonObject ok = fleet.api.ended(fleet.api.start("ok"), LIMIT);
    assertEquals("ok", ok.getString("result"), ok.encode());
    String failed = executionPath(earlier.executionOf("failed"), "rerun");
    String only = new JsonObject().put("only", "failed").encode();
    String again =
        BlockingApiClient.expect(202, fleet.api.send("POST", failed, only)).getString("id");
    JsonObject rerun = fleet.api.ended(again, LIMIT);
    assertEquals("failed", rerun.getString("result"), rerun.encode());
    assertEquals(1, rerun.getJsonObject("snapshot").getJsonArray("tests").size());
    assertEquals(earlier.executionOf("failed"), rerun.getString("rerunOf"));
  }

  private List<String> differencesOfStatuses(Map<String, JsonObject> now) {
    return earlier.said("statuses").stream()
        .flatMap(
            entry ->
                EarlierVersion.differences((JsonObject) entry.getValue(), now.get(entry.getKey()))
                    .stream())
        .toList();
  }

  /** Each of the executions as the API shows it alone, but for why it waits. */
  private Map<String, JsonObject> executions() {
    Map<String, JsonObject> out = new TreeMap<>();
    byId(API + "executions").keySet().forEach(id -> out.put(id, fleet.api.execution(id)));
    out.values().forEach(execution -> execution.remove("waitReason"));
    return out;
  }

  private Map<String, JsonObject> statuses(Set<String> executions) {
    Map<String, JsonObject> out = new TreeMap<>();
    executions.forEach(id -> out.putAll(byId(executionPath(id, "statuses"))));
    return out;
  }

  /** The items of a list in the order of their ids, none of which is there twice. */
  private Map<String, JsonObject> byId(String path) {
    Map<String, JsonObject> out = new TreeMap<>();
    fleet.api.all(path).forEach(one -> assertNull(out.put(one.getString("id"), one), path));
    return out;
  }

  private String output(String task) {
    return fleet.api.text(API + "tasks/" + task + "/log");
  }

  private static String executionPath(String execution, String what) {
    return API + "executions/" + execution + "/" + what;
  }

  /** The attempts that agents have not reported wholly. */
  private List<Path> journals() {
    List<Path> out = new ArrayList<>();
    for (String agent : AGENTS) {
      try (Stream<Path> files = Files.list(fleet.dataOf(agent).resolve("tasks"))) {
        files.filter(Files::isDirectory).forEach(out::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out;
  }
}
