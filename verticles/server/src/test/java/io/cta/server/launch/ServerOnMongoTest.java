package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.broker.ConditionPoller;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.error.ServiceFailure;
import io.cta.message.TaskRun;
import io.cta.server.admin.AdminCommand;
import io.cta.server.dashboard.LinkedAgent;
import io.cta.server.dashboard.RunningServer;
import io.cta.server.store.CanonicalText;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.mongo.EmbeddedMongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.server.store.mongo.WireProxy;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole server on a MongoDB-compatible database, either in this process or the single server
 * that {@code CTA_TEST_MONGO_URL} names, reached through a proxy that can be cut.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServerOnMongoTest {
  private static final JsonObject DEFINITIONS =
      new JsonObject(
          """
          {"documents": [
            {"kind": "TestSuite", "name": "shop", "tests": [
              {"name": "checkout", "stages": [{"run": "true"}]}]},
            {"kind": "Configuration", "name": "anywhere", "mode": "mono"},
            {"kind": "Scenario", "name": "nightly", "suite": "shop", "configuration": "anywhere"}]}
          """);

  private static final String ONLINE = "/api/v1/machines?presence=online";

  @TempDir private Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer mongo = EmbeddedMongoServer.started();
  private WireProxy proxy;
  private Map<String, String> env;

  @BeforeEach
  void start() {
    String given = System.getenv("CTA_TEST_MONGO_URL");
    int port = given == null ? mongo.getLocalAddress().getPort() : URI.create(given).getPort();
    proxy = new WireProxy(vertx, port);
    env =
        Map.of(
            "CTA_STORE_TYPE",
            "mongo",
            "CTA_STORE_MONGO_URL",
            proxy.url() + "/?directConnection=true",
            "CTA_STORE_MONGO_DATABASE",
            "cta-test-" + IdGenerator.next());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    vertx.close().await(20, TimeUnit.SECONDS);
    mongo.shutdownNow();
  }

  @Test
  void aServerStartedAgainOnTheDatabaseGoesOnWithWhatIsThere() throws Exception {
    RunningServer first = new RunningServer(vertx, dir.resolve("a"), env);
    first.post("/apply", DEFINITIONS);
    LinkedAgent agent = first.agent(vertx, "one");
    JsonObject done = run(first, agent, "first line\n");
    agent.close();
    ConditionPoller.holds(
        "the machine is away", () -> json(first, ONLINE).getJsonArray("items").isEmpty());
    // accepted, but not given to an agent
    String open = first.post("/executions", scenario()).getString("id");
    first.close();

    Vertx next = Vertx.vertx();
    RunningServer second = new RunningServer(next, dir.resolve("b"), env);
    assertEquals(done, json(second, "/api/v1/executions/" + done.getString("id")));
    JsonObject login =
        new JsonObject().put("name", "admin").put("password", RunningServer.PASSWORD);
    assertEquals(200, second.login(login).statusCode());
    LinkedAgent another = second.agent(next, "two");
    TaskRun run = another.task();
    assertEquals(open, run.executionId());
    another.reports(run, 1, null, Result.OK, null);
    another.ends(run, 1);
    assertEquals("ok", ended(second, open).getString("result"));
    assertEquals("ok", run(second, another, "x").getString("result"));
    another.close();
    second.close();
    next.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void aServerWhoseDatabaseGoesAwayGoesOnWhenItIsBack() throws Exception {
    RunningServer server = new RunningServer(vertx, dir.resolve("a"), env);
    server.post("/apply", DEFINITIONS);
    LinkedAgent agent = server.agent(vertx, "one");
    server.post("/executions", scenario());
    TaskRun run = agent.task();
    proxy.down();
    ConditionPoller.holds("not ready", () -> health(server, 503));
    vertx.setTimer(1_500, id -> proxy.up());
    // to be confirmed once it is in the store, which is not reachable now
    agent.reports(run, 1, "pays", Result.FAILED, "too late");
    agent.reports(run, 2, "ships", Result.OK, null);
    agent.ends(run, 2);
    JsonObject end = ended(server, run.executionId());
    assertEquals("failed", end.getString("result"));
    JsonObject counts = end.getJsonObject("counts");
    assertEquals(1, counts.getInteger("failed"), end.encode());
    assertEquals(1, counts.getInteger("ok"), end.encode());
    ConditionPoller.holds("ready", () -> health(server, 200));
    assertEquals("ok", run(server, agent, "as ever").getString("result"));
    agent.close();
    server.close();
  }

  @Test
  void aServerOnAMigratedStoreServesTheSameAndNoneStartsOnHalfAStore() throws Exception {
    RunningServer onFile = new RunningServer(vertx, dir.resolve("a"), Map.of());
    onFile.post("/apply", DEFINITIONS);
    LinkedAgent agent = onFile.agent(vertx, "one");
    String id = run(onFile, agent, "what it wrote\n").getString("id");
    agent.close();
    ConditionPoller.holds(
        "the machine is away", () -> json(onFile, ONLINE).getJsonArray("items").isEmpty());
    List<String> paths =
        List.of(
            "/api/v1/executions",
            "/api/v1/executions/" + id,
            "/api/v1/executions/" + id + "/tasks",
            "/api/v1/executions/" + id + "/statuses",
            "/api/v1/tasks/" + id + "-0/log",
            "/api/v1/scenarios",
            "/api/v1/users",
            "/api/v1/machines");
    List<String> before = answers(onFile, paths);
    onFile.close();

    String[] command = {
      "migrate",
      "--from",
      "sqlite:" + dir.resolve("a"),
      "--to",
      env.get("CTA_STORE_MONGO_URL"),
      "--database",
      env.get("CTA_STORE_MONGO_DATABASE")
    };
    assertEquals(0, new CommandLine(new AdminCommand()).execute(command));
    Vertx next = Vertx.vertx();
    RunningServer onMongo = new RunningServer(next, dir.resolve("b"), env);
    assertEquals(before, answers(onMongo, paths));
    JsonObject login =
        new JsonObject().put("name", "admin").put("password", RunningServer.PASSWORD);
    assertEquals(200, onMongo.login(login).statusCode());
    onMongo.close();

    MongoStore store =
        new MongoStore(
            next,
            MongoSettings.of(env.get("CTA_STORE_MONGO_URL"), env.get("CTA_STORE_MONGO_DATABASE")),
            MonotonicClock.system());
    store.prepare(List.of(MigrationProgress.COLLECTION)).await();
    StoredDocument mark =
        store.get(MigrationProgress.COLLECTION, MigrationProgress.ID).await().orElseThrow();
    JsonObject half = mark.body().copy().put("finished", false);
    store
        .apply(
            List.of(
                new DocumentWrite.Replace(
                    MigrationProgress.COLLECTION, MigrationProgress.ID, mark.version(), half)))
        .await();
    store.close().await();
    next.close().await();
    Vertx last = Vertx.vertx();
    ServiceFailure failure =
        assertThrows(
            ServiceFailure.class, () -> new RunningServer(last, dir.resolve("c"), env).close());
    assertTrue(
        failure.getMessage().startsWith("the store is half a copy of sqlite:"),
        failure.getMessage());
    last.close().await();
  }

  private static List<String> answers(RunningServer server, List<String> paths) throws Exception {
    List<String> answers = new ArrayList<>();
    for (String path : paths) {
      HttpResponse<String> answer = server.get(path);
      assertEquals(200, answer.statusCode(), path + " " + answer.body());
      answers.add(path + " " + answer.headers().map().get("etag"));
      answers.add(path.endsWith("/log") ? answer.body() : sorted(new JsonObject(answer.body())));
    }
    return answers;
  }

  /** MongoDB and SQLite return an object's keys in different orders. */
  private static String sorted(JsonObject answer) {
    return CanonicalText.text(new StoredDocument("", 0, answer));
  }

  private JsonObject run(RunningServer server, LinkedAgent agent, String log) throws Exception {
    String id = server.post("/executions", scenario()).getString("id");
    TaskRun run = agent.task();
    assertEquals(id, run.executionId());
    agent.writes(run, log);
    agent.reports(run, 1, null, Result.OK, null);
    agent.ends(run, 1);
    JsonObject end = ended(server, id);
    String read = server.get("/api/v1/tasks/" + run.taskId() + "/log").body();
    assertTrue(read.contains(log.strip()), read);
    return end;
  }

  private static JsonObject ended(RunningServer server, String id) throws Exception {
    ConditionPoller.holds(
        "the end of " + id,
        () ->
            Optional.of(json(server, "/api/v1/executions/" + id))
                .filter(e -> e.getString("finishedAt") != null)
                .isPresent());
    return json(server, "/api/v1/executions/" + id);
  }

  private static boolean health(RunningServer server, int status) throws Exception {
    return server.get("/health/ready").statusCode() == status;
  }

  private static JsonObject json(RunningServer server, String path) throws Exception {
    return new JsonObject(server.get(path).body());
  }

  private static JsonObject scenario() {
    return new JsonObject().put("scenario", "nightly");
  }
}
