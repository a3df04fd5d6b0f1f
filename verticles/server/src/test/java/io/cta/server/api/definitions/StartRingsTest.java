package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No scenarios start each other in a ring. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class StartRingsTest {
  private static final String PATH = "/api/v1/scenarios";

  private final ApiServer server = new ApiServer();
  private final TestApiClient admin = server.admin();
  private final ExecutorService people = Executors.newFixedThreadPool(4);

  @BeforeEach
  void start() {
    server.nightly();
  }

  @AfterEach
  void stop() {
    people.shutdownNow();
    server.close();
  }

  @Test
  void aRingWithinARequestIsInvalidWhateverTheConditions() {
    TestApiClient.ReceivedResponse answer =
        apply(starting("a", "b"), starting("b", "c"), starting("c", "a")).is(400);
    assertEquals("documents[0].after[0].start.scenario", answer.field());
    assertTrue(answer.rule().contains("a → b → c → a"), answer.rule());
    TestApiClient.ReceivedResponse self = apply(starting("a", "a")).is(400);
    assertTrue(self.rule().contains("a → a"), self.rule());
    assertTrue(admin.post(PATH, starting("a", "a")).is(400).rule().contains("a → a"));
  }

  @Test
  void aRingThatAStoredScenarioClosesIsAConflict() {
    admin.post(PATH, plain("b")).is(201);
    admin.post(PATH, starting("a", "b")).is(201);
    TestApiClient.ReceivedResponse applied = apply(starting("b", "a")).is(409);
    assertTrue(applied.response().body().contains("b → a → b"), applied.response().body());
    TestApiClient.ReceivedResponse put = admin.put(PATH + "/b", starting("b", "a"), "*").is(409);
    assertTrue(put.response().body().contains("b → a → b"), put.response().body());
  }

  @Test
  void aRingThroughIdsAndARenameIsARingToo() {
    String b = admin.post(PATH, plain("b")).is(201).json().getString("id");
    String a = admin.post(PATH, starting("a", b)).is(201).json().getString("id");
    assertTrue(
        admin.put(PATH + "/b", starting("b", a), "*").is(409).response().body().contains("→"));
    // under its new name it would start itself
    TestApiClient.ReceivedResponse renamed =
        admin.put(PATH + "/a", starting("c", "c"), "*").is(400);
    assertTrue(renamed.rule().contains("c → c"), renamed.rule());
  }

  @Test
  void whatIsNoRingIsTakenHoweverOftenPathsMeet() {
    List<JsonObject> scenarios = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      JsonObject scenario = plain("s" + i);
      JsonArray after = new JsonArray();
      for (int j = i + 1; j < Math.min(30, i + 4); j++) {
        after.add(new JsonObject().put("start", new JsonObject().put("scenario", "s" + j)));
      }
      scenarios.add(scenario.put("after", after));
    }
    apply(scenarios.toArray(JsonObject[]::new)).is(200);
  }

  @Test
  void longWaysAreFollowedToTheirEnd() {
    apply(plain("s900")).is(200);
    for (int end = 900; end > 0; end -= 300) {
      JsonObject[] scenarios = new JsonObject[300];
      for (int i = 0; i < scenarios.length; i++) {
        scenarios[i] = starting("s" + (end - 300 + i), "s" + (end - 300 + i + 1));
      }
      apply(scenarios).is(200);
    }
    String refused = apply(starting("s900", "s0")).is(409).response().body();
    assertTrue(refused.contains("s900 → s0 → s1 →"), refused);
    assertTrue(refused.contains("s898 → s899 → s900"), refused);
  }

  @Test
  void ofTwoAppliesThatCloseARingOneSucceeds() throws Exception {
    for (int i = 0; i < 10; i++) {
      String a = "a" + i;
      String b = "b" + i;
      apply(plain(a), plain(b)).is(200);
      List<Callable<Integer>> calls =
          List.of(
              () -> apply(starting(a, b)).response().statusCode(),
              () -> apply(starting(b, a)).response().statusCode());
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : people.invokeAll(calls)) {
        statuses.add(status.get());
      }
      statuses.sort(null);
      assertEquals(List.of(200, 409), statuses);
    }
  }

  private TestApiClient.ReceivedResponse apply(JsonObject... scenarios) {
    JsonArray documents = new JsonArray();
    for (JsonObject scenario : scenarios) {
      documents.add(scenario.copy().put("kind", "Scenario"));
    }
    return admin.post("/api/v1/apply", new JsonObject().put("documents", documents));
  }

  private static JsonObject plain(String name) {
    return ApiServer.scenario(name, "suite", "any");
  }

  private static JsonObject starting(String name, String other) {
    return plain(name)
        .put(
            "after",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("when", "result == ok && result != ok")
                        .put("start", new JsonObject().put("scenario", other))));
  }
}
