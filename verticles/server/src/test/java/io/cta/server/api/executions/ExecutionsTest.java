package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.cta.broker.ConditionPoller;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting, reading, cancelling and repeating executions. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExecutionsTest {
  private static final JsonObject NIGHTLY = new JsonObject().put("scenario", "nightly");
  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aParameterThatLoadsCodeMustBeNamedByTheScenario() {
    server.nightly();
    JsonObject order =
        new JsonObject()
            .put("scenario", "nightly")
            .put("parameters", new JsonObject().put("LD_PRELOAD", "/tmp/x.so"));
    TestApiClient.ReceivedResponse receivedResponse =
        runner.post("/api/v1/executions", order).is(400);
    assertEquals("parameters.LD_PRELOAD", receivedResponse.field());
    JsonObject open =
        ApiServer.scenario("open", "suite", "any")
            .put("parameters", new JsonObject().put("LD_PRELOAD", ""));
    server.admin().post("/api/v1/scenarios", open).is(201);
    runner.post("/api/v1/executions", order.put("scenario", "open")).is(202);
  }

  @Test
  void nothingIsStartedWhileTheDiskIsLow() {
    server.nightly();
    server.noRoom();
    TestApiClient.ReceivedResponse receivedResponse =
        runner.post("/api/v1/executions", NIGHTLY).is(507);
    assertEquals("no execution is taken: disk low", receivedResponse.json().getString("detail"));
    runner.get("/api/v1/executions").is(200);
  }

  @DisplayName("a start answers with its id, once it is stored")
  @Test
  void aStartIsStoredBeforeTheResponseAndDispatchIsNotified() {
    server.nightly();
    List<String> woken = new CopyOnWriteArrayList<>();
    BusAdapter.<ExecutionRef>serve(
        server.vertx,
        BusAddresses.DISPATCH_PLAN,
        ref ->
            server
                .stores
                .executions
                .get(ref.executionId())
                .onSuccess(found -> woken.add(found.value().id())));
    TestApiClient.ReceivedResponse receivedResponse =
        runner.post("/api/v1/executions", NIGHTLY).is(202);
    String id = receivedResponse.json().getString("id");
    assertEquals("/api/v1/executions/" + id, receivedResponse.header("Location"));
    JsonObject stored = runner.get("/api/v1/executions/" + id).is(200).json();
    assertEquals("pending", stored.getString("state"));
    assertEquals("runner", stored.getString("requestedBy"));
    assertEquals(
        "one",
        stored.getJsonObject("snapshot").getJsonArray("tests").getJsonObject(0).getString("id"));
    ConditionPoller.holds("the announcement", () -> woken.equals(List.of(id)));
  }

  @Test
  void aStartThatTheStoreRefusesFails() {
    server.nightly();
    ((MemoryStore) server.stores.documents)
        .beforeWrites(
            writes -> {
              throw new IllegalStateException("disk full");
            });
    runner.post("/api/v1/executions", NIGHTLY).is(503);
  }

  @Test
  void theSameKeyStartsOnceAndGetsTheSameResponse() {
    server.nightly();
    JsonObject first = runner.post("/api/v1/executions", NIGHTLY, "k1").is(202).json();
    assertEquals(first, runner.post("/api/v1/executions", NIGHTLY, "k1").is(202).json());
    runner.post("/api/v1/executions", NIGHTLY.copy().put("priority", 3), "k1").is(409);
    assertNotEquals(
        first.getString("id"),
        runner.post("/api/v1/executions", NIGHTLY, "k2").is(202).json().getString("id"));
    assertEquals(2, list("").size());
    server.clock.advance(Duration.ofHours(25));
    assertNotEquals(first, runner.post("/api/v1/executions", NIGHTLY, "k1").is(202).json());
  }

  @Test
  void keysExpireAfterADay() {
    server.nightly();
    runner.post("/api/v1/executions", NIGHTLY, "old").is(202);
    server.clock.advance(Duration.ofHours(25));
    runner.post("/api/v1/executions", NIGHTLY, "new").is(202);
    ConditionPoller.holds(
        "the announcement",
        () ->
            ApiServer.wait(
                    server.stores.documents.count(StoreCollections.IDEMPOTENCY, DocumentFilter.ALL))
                == 1);
  }

  @Test
  void aRefusedRequestDoesNotUseUpItsKey() {
    runner.post("/api/v1/executions", NIGHTLY, "k").is(404);
    server.nightly();
    runner.post("/api/v1/executions", NIGHTLY, "k").is(202);
  }

  @Test
  void aCrashBetweenKeyAndExecutionCausesNoSecondExecution() {
    server.nightly();
    MemoryStore store = (MemoryStore) server.stores.documents;
    store.beforeWrites(
        writes -> {
          // the key is reserved; storing the execution fails
          if (writes.get(0).collection() == StoreCollections.EXECUTIONS) {
            throw new IllegalStateException("gone");
          }
          return writes;
        });
    runner.post("/api/v1/executions", NIGHTLY, "k").is(503);
    assertEquals(0, list("").size());
    store.beforeWrites(writes -> writes);
    String id = runner.post("/api/v1/executions", NIGHTLY, "k").is(202).json().getString("id");
    assertEquals(
        id, runner.post("/api/v1/executions", NIGHTLY, "k").is(202).json().getString("id"));
    assertEquals(1, list("").size());
    store.beforeWrites(
        writes -> {
          throw new IllegalStateException("a repeat must write nothing");
        });
    runner.post("/api/v1/executions", NIGHTLY, "k").is(202);
  }

  @Test
  void aRepeatedRequestIsAnsweredAfterItsScenarioIsDeleted() {
    server.nightly();
    String id = runner.post("/api/v1/executions", NIGHTLY, "k").is(202).json().getString("id");
    server.admin().delete("/api/v1/scenarios/nightly").is(204);
    assertEquals(
        id, runner.post("/api/v1/executions", NIGHTLY, "k").is(202).json().getString("id"));
    runner.post("/api/v1/executions", NIGHTLY, "new").is(404);
  }

  @Test
  void parametersPriorityAndTimeoutsOfTheRequestWin() {
    server.nightly();
    JsonObject body =
        NIGHTLY
            .copy()
            .put("priority", 7)
            .put("parameters", new JsonObject().put("BRANCH", "main"))
            .put("timeouts", new JsonObject().put("pending", "5m"));
    JsonObject got = runner.post("/api/v1/executions", body).is(202).json();
    JsonObject scenario = got.getJsonObject("snapshot").getJsonObject("scenario");
    assertEquals(7, got.getInteger("priority"));
    assertEquals("main", scenario.getJsonObject("parameters").getString("BRANCH"));
    assertEquals("5m", scenario.getJsonObject("timeouts").getString("pending"));
  }

  @DisplayName("enabled is honoured")
  @Test
  void disabledTestsAreLeftOutAndASuiteWithoutTestsIsRefused() {
    TestApiClient admin = server.admin();
    server.nightly();
    JsonObject suite = ApiServer.suite("suite", "one");
    suite.getJsonArray("tests").add(test("two").put("enabled", false));
    admin.put("/api/v1/testsuites/suite", suite, "*").is(200);
    JsonObject got = runner.post("/api/v1/executions", NIGHTLY).is(202).json();
    assertEquals(1, got.getJsonObject("snapshot").getJsonArray("tests").size());

    suite.getJsonArray("tests").getJsonObject(0).put("enabled", false);
    admin.put("/api/v1/testsuites/suite", suite, "*").is(200);
    assertEquals("suite", runner.post("/api/v1/executions", NIGHTLY).is(400).field());
  }

  @DisplayName("stopTimeout is usable, and a stage has ten minutes by default")
  @Test
  void theSnapshotKeepsItsStopTimeoutAfterLaterEdits() {
    TestApiClient admin = server.admin();
    server.nightly();
    JsonObject suite = ApiServer.suite("suite", "one");
    suite
        .getJsonArray("tests")
        .getJsonObject(0)
        .getJsonArray("stages")
        .getJsonObject(0)
        .put("stop", "./stop.sh")
        .put("stopTimeout", "3s");
    admin.put("/api/v1/testsuites/suite", suite, "*").is(200);
    String id = runner.post("/api/v1/executions", NIGHTLY).is(202).json().getString("id");
    admin.put("/api/v1/testsuites/suite", ApiServer.suite("suite", "new"), "*").is(200);
    JsonObject stage =
        runner
            .get("/api/v1/executions/" + id)
            .json()
            .getJsonObject("snapshot")
            .getJsonArray("tests")
            .getJsonObject(0)
            .getJsonArray("stages")
            .getJsonObject(0);
    assertEquals("3s", stage.getString("stopTimeout"));
    assertEquals("10m", stage.getString("timeout"));
  }

  @Test
  void listsShowTheNewestFirstWithoutSnapshotsAndFilter() {
    server.nightly();
    String first = start();
    String second = start();
    runner.post("/api/v1/executions/" + first + "/cancel", null).is(202);
    JsonArray all = list("");
    assertEquals(second, all.getJsonObject(0).getString("id"));
    assertFalse(all.getJsonObject(0).containsKey("snapshot"));
    assertEquals(2, list("?scenario=nightly").size());
    assertEquals(2, list("?state=pending,running").size());
    assertEquals(0, list("?result=failed").size());
    assertEquals(0, list("?scenario=other").size());
  }

  @Test
  void aCancelIsStoredSentOnAndRepeatable() {
    server.nightly();
    String id = start();
    List<String> cancelled = new CopyOnWriteArrayList<>();
    BusAdapter.<ExecutionRef>serve(
        server.vertx,
        BusAddresses.DISPATCH_CANCEL,
        ref -> {
          cancelled.add(ref.executionId());
          return Future.succeededFuture();
        });
    JsonObject got = runner.post("/api/v1/executions/" + id + "/cancel", null).is(202).json();
    assertNotNull(got.getString("cancelRequestedAt"));
    assertEquals("runner", got.getString("cancelledBy"));
    server.clock.advance(Duration.ofMinutes(1));
    JsonObject again =
        server.admin().post("/api/v1/executions/" + id + "/cancel", new JsonObject()).json();
    assertEquals(got, again);
    ConditionPoller.holds("the announcement", () -> cancelled.size() == 2);
  }

  @Test
  void aPinIsStored() {
    server.nightly();
    String path = "/api/v1/executions/" + start() + "/pin";
    JsonObject pinned = new JsonObject().put("pinned", true);
    runner.put(path, pinned, "*").is(200);
    runner.put(path, pinned, "*").is(200);
  }

  private static JsonObject test(String name) {
    return ApiServer.suite("x", name).getJsonArray("tests").getJsonObject(0);
  }

  private String start() {
    return runner.post("/api/v1/executions", NIGHTLY).is(202).json().getString("id");
  }

  private JsonArray list(String query) {
    return runner.get("/api/v1/executions" + query).is(200).json().getJsonArray("items");
  }
}
