package io.cta.e2e;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.Main;
import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The shipped jars with a real broker between them: agents {@code a} and {@code b} by the server's
 * gateway, {@code direct} by the broker itself. What comes out is what comes out with the embedded
 * broker, whoever dies.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerRuns {
  static final Duration SOON = Duration.ofSeconds(90);
  static final JsonObject LIMITS = new JsonObject().put("pending", "90s").put("running", "90s");
  private static final int TESTS = 9;

  @TempDir static Path dir;
  BrokerProcess broker;
  ProcessFleet fleet;

  abstract BrokerProcess broker() throws Exception;

  @BeforeAll
  void start() throws Exception {
    broker = broker();
    fleet =
        new ProcessFleet(dir)
            .serverEnv(broker.serverEnv())
            .startServers()
            .startAgent("a")
            .startAgent("b");
    direct().online(3);
    for (String mode : List.of("mono", "group", "parallel", "stress")) {
      fleet.define(
          mode,
          mode,
          LIMITS,
          ProcessFleet.tests(
              ProcessFleet.test("good", "true"), ProcessFleet.test("bad", "exit 3")));
    }
    JsonArray many = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      many.add(ProcessFleet.test("t" + i, "sleep 0.5"));
    }
    fleet.define("many", "parallel", LIMITS, many);
  }

  @AfterAll
  void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void everyModeEndsAsWithTheEmbeddedBrokerAndLeavesNoQueue() throws Exception {
    Map<String, Integer> machines = Map.of("mono", 1, "group", 1, "parallel", 1, "stress", 3);
    Map<String, String> ids = new java.util.HashMap<>();
    machines.keySet().forEach(mode -> ids.put(mode, fleet.api.start(mode)));
    for (String mode : machines.keySet()) {
      JsonObject end = fleet.api.ended(ids.get(mode), SOON);
      assertEquals("finished", end.getString("state"), mode + ": " + end.encode());
      assertEquals("failed", end.getString("result"), mode + ": " + end.encode());
      int each = machines.get(mode);
      assertEquals(each, end.getJsonObject("counts").getInteger("ok"), mode + end.encode());
      assertEquals(each, end.getJsonObject("counts").getInteger("failed"), mode + end.encode());
      assertEquals(2 * each, fleet.api.all(statuses(ids.get(mode))).size());
    }
    noGroupQueues();
    assertTrue(broker.queues().contains("cta.states"), broker.queues().toString());
  }

  @Test
  void theBenchMeasuresItNextToItsBareClient() {
    String words = "brokers --messages 300 --rounds 1 --broker " + broker.kind();
    List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
    arguments.addAll(List.of("--url", broker.address()));
    assertEquals(0, new CommandLine(new Main()).execute(arguments.toArray(String[]::new)));
  }

  @Test
  void aCancelReachesMachinesOverEveryLink() {
    fleet.define("long", "stress", LIMITS, ProcessFleet.tests(ProcessFleet.test("t", "sleep 303")));
    String id = fleet.api.start("long");
    ConditionPoller.holds("all running", SOON, () -> fleet.api.running(id), n -> n == 3);
    fleet.api.cancel(id);
    JsonObject end = fleet.api.ended(id, SOON);
    assertEquals("cancelled", end.getString("state"), end.encode());
    assertEquals(0, OwnProcesses.count("sleep 303"), "processes left behind");
  }

  @Test
  void anAgentOfADirectLinkIsKilledInTheMiddleAndComesBack() {
    String id = begun();
    fleet.agent("direct").kill();
    direct();
    allOk(id);
    fleet.online(3);
  }

  @Test
  void anAgentOfADirectLinkSaysThatItLeaves() {
    assertEquals(0, fleet.agent("direct").terminate());
    ConditionPoller.holds(
        "the server to know, before its lease is over",
        Duration.ofSeconds(4),
        () -> fleet.api.all("/api/v1/machines?presence=online").size(),
        n -> n == 2);
    direct().online(3);
  }

  @Test
  void aCopyOfAnAgentThatIsUpIsRefusedAndTheAgentGoesOn() throws Exception {
    Path copy = Files.createDirectories(fleet.dataOf("copy"));
    Files.copy(fleet.dataOf("direct").resolve("identity.json"), copy.resolve("identity.json"));
    fleet.startAgent("copy", broker.agentEnv());
    assertEquals(77, fleet.agent("copy").waitForEnd());
    assertTrue(fleet.agent("copy").output().contains("this is a copy of the identity"));
    ConditionPoller.holds(
        "the machine's page to say so",
        SOON,
        () -> fleet.api.get("/api/v1/machines/direct").getJsonArray("notices").encode(),
        text -> text.contains("a copy of its identity was refused at"));
    assertTrue(fleet.agent("direct").alive());
    fleet.online(3);
    allOk(fleet.api.start("many"));
  }

  @Test
  void theBrokerIsKilledInTheMiddleAndComesBack() throws Exception {
    String id = begun();
    broker.kill();
    ConditionPoller.holds(
        "the server to say so", SOON, this::readiness, r -> r.equals("503 up down"));
    broker.comeBack();
    allOk(id);
    ConditionPoller.holds(
        "the server to be well", SOON, this::readiness, r -> r.equals("200 up up"));
    allOk(fleet.api.start("many"));
  }

  @Test
  void theServerIsKilledInTheMiddleAndWhatItDidNotHearIsStillThere() throws Exception {
    String id = begun();
    fleet.server().kill();
    fleet.startServers();
    allOk(id);
    fleet.online(3);
    noGroupQueues();
  }

  /** An execution of which something is done, and something not. */
  String begun() {
    String id = fleet.api.start("many");
    ConditionPoller.holds(
        "first results", SOON, () -> fleet.api.execution(id).getInteger("tasksDone"), n -> n > 0);
    return id;
  }

  void allOk(String id) {
    JsonObject end = fleet.api.ended(id, SOON);
    assertEquals("finished", end.getString("state"), () -> whatHappened(id));
    assertEquals("ok", end.getString("result"), () -> whatHappened(id));
    assertEquals(TESTS, end.getJsonObject("counts").getInteger("ok"), () -> whatHappened(id));
    Set<String> seen = new HashSet<>();
    for (JsonObject status : fleet.api.all(statuses(id))) {
      assertTrue(seen.add(status.getString("id")), "doubled: " + status.encode());
    }
  }

  private String whatHappened(String id) {
    Stream<JsonObject> tasks =
        fleet.api.all("/api/v1/executions/" + id + "/tasks").stream()
            .filter(task -> !"ok".equals(task.getString("result")));
    Stream<JsonObject> reports =
        fleet.api.all(statuses(id)).stream()
            .filter(status -> !"ok".equals(status.getString("result")));
    return Stream.concat(tasks, reports).map(JsonObject::encode).collect(joining("\n"));
  }

  private void noGroupQueues() throws Exception {
    ConditionPoller.holds(
        "group queues to be removed",
        SOON,
        this::queues,
        names -> names.stream().noneMatch(name -> name.startsWith("cta.group.")));
  }

  private Set<String> queues() {
    try {
      return broker.queues();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  ProcessFleet direct() {
    return fleet.startAgent("direct", broker.agentEnv());
  }

  String readiness() {
    var answer = fleet.api.send("GET", "/health/ready", null);
    JsonObject body = new JsonObject(answer.body());
    return answer.statusCode() + " " + body.getString("store") + " " + body.getString("broker");
  }

  static String statuses(String execution) {
    return "/api/v1/executions/" + execution + "/statuses";
  }
}
