package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.broker.ConditionPoller;
import io.cta.broker.LinkListener;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.Result;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.TaskRun;
import io.cta.server.dashboard.LinkedAgent;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.mongo.EmbeddedMongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes over the real cluster manager and event bus, one store and one broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterTest {
  @TempDir static Path data;
  private static final Vertx vertx = Vertx.vertx();
  private static final List<TestNode> nodes = new ArrayList<>();
  private static MongoServer mongo;
  private static String url;
  private static EmbeddedBroker broker;
  private static DocumentStore store;
  private static int scenarios;

  @BeforeAll
  static void start() throws Exception {
    mongo = EmbeddedMongoServer.started();
    url = "mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort();
    broker = new EmbeddedBroker(vertx, Clock.systemUTC());
    store = new MongoStore(vertx, MongoSettings.of(url, "cta"), MonotonicClock.system());
    store.prepare(StoreCollections.ALL).await(30, TimeUnit.SECONDS);
    for (int i = 0; i < 3; i++) {
      join();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (TestNode node : nodes) {
      node.close();
    }
    store.close().await(20, TimeUnit.SECONDS);
    vertx.close().await(20, TimeUnit.SECONDS);
    mongo.shutdownNow();
  }

  @Test
  void anExecutionStartedAtOneNodeRunsOnAnAgentOfAnotherAndIsSeenLiveAtAThird() throws Exception {
    LinkedAgent agent = nodes.get(1).agent("m1");
    String scenario = scenario("m1");
    BlockingQueue<JsonObject> feed = nodes.get(2).watch("executions", "fleet");
    String id = begin(nodes.get(0), scenario);
    TaskRun run = agent.task();
    BlockingQueue<JsonObject> log = nodes.get(2).watch("log." + run.taskId());
    agent.writes(run, "from another node\n");
    agent.reports(run, 1, "case", Result.OK, null);
    agent.ends(run, 1);
    assertEquals("ok", ended(nodes.get(2), id).getString("result"));
    seen(feed, m -> m.encode().contains(id) && m.encode().contains("\"finished\""));
    seen(log, m -> m.encode().contains("from another node"));
    agent.close();
  }

  @Test
  void aCancelAtAnyNodeReachesTheAgent() throws Exception {
    LinkedAgent agent = nodes.get(1).agent("m2");
    String scenario = scenario("m2");
    for (TestNode node : nodes) {
      String id = begin(nodes.get(0), scenario);
      TaskRun run = agent.task();
      node.post("/executions/" + id + "/cancel", new JsonObject());
      assertNotNull(agent.cancelled(), "the agent was not told");
      agent.ends(run, 0);
      ended(nodes.get(0), id);
    }
    agent.close();
  }

  @Test
  void aSecondSessionIsRefusedAtAnotherNodeAndTheSameMovesThere() throws Exception {
    JsonObject enrolled = nodes.get(0).enrol("m3");
    WebSocketLink first = link(nodes.get(0), enrolled, "session-1");
    first.connect().await(20, TimeUnit.SECONDS);
    WebSocketLink second = link(nodes.get(1), enrolled, "session-2");
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> second.connect().await(20, TimeUnit.SECONDS));
    // the agent's link knows the HTTP status, not the code
    assertEquals(ErrorCode.SESSION_TAKEN.status(), refused.code().status());
    assertTrue(refused.getMessage().contains("session-1"), refused.getMessage());
    second.close().await(20, TimeUnit.SECONDS);
    WebSocketLink moved = link(nodes.get(2), enrolled, "session-1");
    moved.connect().await(20, TimeUnit.SECONDS);
    ConditionPoller.holds("the old connection is over", () -> !first.health().await().up());
    first.close().await(20, TimeUnit.SECONDS);
    moved.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void aScheduleFiresOnceHoweverManyNodesLook() throws Exception {
    LinkedAgent agent = nodes.get(0).agent("m4");
    String scenario = scenario("m4");
    ZonedDateTime due =
        ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).minusMinutes(2);
    String cron = due.getMinute() + " " + due.getHour() + " * * *";
    Instant now = Instant.now();
    Schedule schedule =
        ScheduleBuilder.builder()
            .id("s4")
            .name("s4")
            .scenario(scenario)
            .cron(cron)
            .zone("UTC")
            .enabled(true)
            .nextAt(due.toInstant())
            .createdAt(now)
            .updatedAt(now)
            .build();
    new StoreRepositories(store).schedules.insert("s4", schedule).await(20, TimeUnit.SECONDS);
    TaskRun run = agent.task();
    agent.reports(run, 1, "case", Result.OK, null);
    agent.ends(run, 1);
    ended(nodes.get(1), run.executionId());
    JsonArray fired = nodes.get(2).get("/executions?scenario=" + scenario).getJsonArray("items");
    assertEquals(1, fired.size(), fired.encode());
    agent.close();
  }

  @Test
  void aNodeThatComesDisturbsNobodyAndOneThatGoesIsReplaced() throws Exception {
    LinkedAgent agent = nodes.get(1).agent("m5");
    String scenario = scenario("m5");
    String path = "/machines/" + agent.machineId();
    ConditionPoller.holds(
        "online", () -> "online".equals(nodes.get(0).get(path).getString("presence")));
    TestNode fourth = join();
    assertEquals("online", fourth.get(path).getString("presence"));
    ConditionPoller.holds("four nodes", () -> fourth.ready().getInteger("nodes") == 4);
    TestNode dispatcher = dispatcher();
    TestNode held = dispatcher == nodes.get(1) ? nodes.get(1) : null;
    if (held == null) { // the node that the agent is connected to must stay
      dispatcher.close();
      nodes.remove(dispatcher);
      join();
    }
    String id = begin(nodes.get(0), scenario);
    TaskRun run = agent.task();
    agent.reports(run, 1, "case", Result.OK, null);
    agent.ends(run, 1);
    assertEquals("ok", ended(nodes.get(2), id).getString("result"));
    agent.close();
  }

  @Test
  void aDeafDispatcherFindsInTheStoreWhatItDoesNotHear() throws Exception {
    TestNode dispatcher = dispatcher();
    TestNode other = nodes.stream().filter(n -> n != dispatcher).findFirst().orElseThrow();
    LinkedAgent agent = other.agent("m6");
    String scenario = scenario("m6");
    ConditionPoller.holds("online", () -> knownOnline(dispatcher, agent));
    dispatcher.deaf(true);
    try {
      for (int i = 0; i < 3; i++) { // more than the agent has slots, unless ends are noticed
        String id = begin(other, scenario);
        TaskRun run = agent.task();
        agent.reports(run, 1, "case", Result.OK, null);
        agent.ends(run, 1);
        assertEquals("ok", ended(other, id).getString("result"));
      }
    } finally {
      dispatcher.deaf(false);
    }
    agent.close();
  }

  @Test
  void statusesThatArriveAtDifferentNodesAreAllCounted() throws Exception {
    LinkedAgent agent = nodes.get(1).agent("m7");
    String id = begin(nodes.get(0), scenario("m7"));
    TaskRun run = agent.task();
    int count = 40;
    for (int i = 1; i < count; i++) {
      agent.reports(run, i, "case " + i, Result.OK, null);
    }
    agent.ends(run, count); // the last status comes after the end
    agent.reports(run, count, "case " + count, Result.OK, null);
    JsonObject end = ended(nodes.get(2), id);
    assertEquals("ok", end.getString("result"), end.encode());
    JsonObject task =
        nodes.get(2).get("/executions/" + id + "/tasks").getJsonArray("items").getJsonObject(0);
    assertEquals(count, end.getJsonObject("counts").getInteger("ok"), end.encode());
    assertEquals("finished", task.getString("state"), task.encode());
    String statuses = "/executions/" + id + "/statuses?limit=100";
    assertEquals(count, nodes.get(0).get(statuses).getJsonArray("items").size());
    agent.close();
  }

  private static boolean knownOnline(TestNode node, LinkedAgent agent) throws Exception {
    JsonObject machine = node.get("/machines/" + agent.machineId());
    return "online".equals(machine.getString("presence"));
  }

  private static TestNode join() throws Exception {
    TestNode node = new TestNode();
    nodes.add(node);
    StringBuilder members = new StringBuilder();
    nodes.forEach(n -> members.append(",127.0.0.1:").append(n.clusterPort));
    node.start(url, broker, members.substring(1), data.resolve("node-" + node.clusterPort));
    return node;
  }

  private static TestNode dispatcher() throws Exception {
    String holder =
        store
            .get(StoreCollections.SETTINGS, "duty-dispatch")
            .await(20, TimeUnit.SECONDS)
            .orElseThrow()
            .body()
            .getString("holder");
    return nodes.stream().filter(n -> n.id().equals(holder)).findFirst().orElseThrow();
  }

  /** Creates a scenario that the machine of that name runs; returns its name. */
  private static String scenario(String machine) throws Exception {
    String name = "scenario-" + scenarios++;
    JsonObject test =
        new JsonObject()
            .put("name", "t")
            .put("stages", new JsonArray().add(new JsonObject().put("run", "true")));
    JsonArray documents =
        new JsonArray()
            .add(document("TestSuite", name).put("tests", new JsonArray().add(test)))
            .add(
                document("Configuration", name)
                    .put("mode", "mono")
                    .put("machines", new JsonArray().add(machine)))
            .add(document("Scenario", name).put("suite", name).put("configuration", name));
    nodes.get(0).post("/apply", new JsonObject().put("documents", documents));
    return name;
  }

  private static JsonObject document(String kind, String name) {
    return new JsonObject().put("kind", kind).put("name", name);
  }

  private static String begin(TestNode node, String scenario) throws Exception {
    return node.post("/executions", new JsonObject().put("scenario", scenario)).getString("id");
  }

  private static JsonObject ended(TestNode node, String id) throws Exception {
    ConditionPoller.holds(
        "the end of it", () -> node.get("/executions/" + id).containsKey("finishedAt"));
    return node.get("/executions/" + id);
  }

  private static WebSocketLink link(TestNode node, JsonObject enrolled, String session) {
    URI server = URI.create("http://127.0.0.1:" + node.port());
    LinkOptions options = LinkOptions.of(server, enrolled.getString("token"), session);
    return new WebSocketLink(vertx, MonotonicClock.system(), options, new LinkListener() {});
  }

  private static void seen(BlockingQueue<JsonObject> feed, Predicate<JsonObject> what)
      throws InterruptedException {
    JsonObject message = feed.poll(20, TimeUnit.SECONDS);
    while (message != null && !what.test(message)) {
      message = feed.poll(20, TimeUnit.SECONDS);
    }
    assertNotNull(message, "the feed did not send it");
  }
}
