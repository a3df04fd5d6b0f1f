package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People change definitions at the same time, through any of the servers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class DefinitionRaces {
  private static final int SCENARIOS = 6;

  private final ExecutorService people = Executors.newFixedThreadPool(8);
  private List<ApiServer> servers;

  /** One server, or several over the same store. */
  abstract List<ApiServer> servers() throws Exception;

  @BeforeEach
  void start() throws Exception {
    servers = servers();
  }

  @AfterEach
  void stop() {
    people.shutdownNow();
    servers.forEach(ApiServer::close);
  }

  private TestApiClient client(int person) {
    return servers.get(person % servers.size()).as(AccessRole.MAINTAINER);
  }

  /** A configuration, and scenarios with a suite each, which all contain the same word. */
  private static JsonObject file(String word) {
    JsonArray documents = new JsonArray();
    documents.add(document("Configuration", "any", word));
    for (int i = 0; i < SCENARIOS; i++) {
      documents.add(document("TestSuite", "suite-" + i, word).put("tests", new JsonArray()));
      documents.add(
          document("Scenario", "scenario-" + i, word)
              .put("suite", "suite-" + i)
              .put("configuration", "any"));
    }
    return new JsonObject().put("documents", documents);
  }

  private static JsonObject document(String kind, String name, String word) {
    return new JsonObject().put("kind", kind).put("name", name).put("description", word);
  }

  private static Set<String> words(TestApiClient client) {
    Set<String> words = new TreeSet<>();
    for (String path : List.of("configurations", "testsuites", "scenarios")) {
      for (Object item : client.get("/api/v1/" + path).is(200).json().getJsonArray("items")) {
        words.add(((JsonObject) item).getString("description"));
      }
    }
    return words;
  }

  private List<TestApiClient.ReceivedResponse> atOnce(
      List<Callable<TestApiClient.ReceivedResponse>> calls) throws Exception {
    List<TestApiClient.ReceivedResponse> answers = new ArrayList<>();
    for (Future<TestApiClient.ReceivedResponse> answer : people.invokeAll(calls)) {
      answers.add(answer.get());
    }
    return answers;
  }

  @Test
  void theSameFileAppliedEightTimesAtOnceSucceedsEightTimes() throws Exception {
    for (String word : List.of("new", "changed")) {
      List<Callable<TestApiClient.ReceivedResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TestApiClient client = client(i);
        calls.add(() -> client.post("/api/v1/apply", file(word)));
      }
      for (TestApiClient.ReceivedResponse answer : atOnce(calls)) {
        answer.is(200);
      }
      assertEquals(Set.of(word), words(client(0)));
      JsonObject made = client(0).get("/api/v1/scenarios").is(200).json();
      assertEquals(SCENARIOS, made.getJsonArray("items").size(), "made twice");
    }
  }

  @Test
  void manyCreatesWithTheSameKeyMakeOneDefinition() throws Exception {
    JsonObject body = new JsonObject().put("name", "once");
    List<Callable<TestApiClient.ReceivedResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestApiClient client = client(i);
      calls.add(() -> client.post("/api/v1/configurations", body, "key"));
    }
    Set<String> ids = new TreeSet<>();
    for (TestApiClient.ReceivedResponse answer : atOnce(calls)) {
      ids.add(answer.is(201).json().getString("id"));
    }
    assertEquals(1, ids.size(), ids.toString());
  }

  @Test
  void ofManyUpdatesOfTheSameVersionOneSucceeds() throws Exception {
    String path = "/api/v1/configurations/c";
    JsonObject body = new JsonObject().put("name", "c");
    String tag = client(0).post("/api/v1/configurations", body).is(201).header("ETag");
    List<Callable<TestApiClient.ReceivedResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestApiClient client = client(i);
      JsonObject own = body.copy().put("description", "by " + i);
      calls.add(() -> client.put(path, own, tag));
    }
    List<TestApiClient.ReceivedResponse> answers = atOnce(calls);
    List<Integer> made = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).response().statusCode() == 200) {
        made.add(i);
      } else {
        answers.get(i).is(412);
      }
    }
    assertEquals(1, made.size(), made.toString());
    JsonObject now = client(1).get(path).is(200).json();
    assertEquals("by " + made.get(0), now.getString("description"));
  }

  @Test
  void ofTwoFilesAtOnceOneIsStoredAsAWhole() throws Exception {
    client(0).post("/api/v1/apply", file("first")).is(200);
    for (int round = 0; round < 5; round++) {
      String a = "a" + round;
      String b = "b" + round;
      TestApiClient one = client(0);
      TestApiClient other = client(1);
      for (TestApiClient.ReceivedResponse answer :
          atOnce(
              List.of(
                  () -> one.post("/api/v1/apply", file(a)),
                  () -> other.post("/api/v1/apply", file(b))))) {
        answer.is(200);
      }
      Set<String> words = words(client(0));
      assertTrue(words.equals(Set.of(a)) || words.equals(Set.of(b)), words.toString());
    }
  }

  @Test
  void aSuiteDeletedWhileAScenarioIsCreatedIsEitherUsedOrGone() throws Exception {
    client(0).post("/api/v1/configurations", new JsonObject().put("name", "any")).is(201);
    JsonObject suite = new JsonObject().put("name", "brief").put("tests", new JsonArray());
    JsonObject scenario = ApiServer.scenario("user", "brief", "any");
    for (int round = 0; round < 10; round++) {
      client(0).post("/api/v1/testsuites", suite).is(201);
      TestApiClient maker = client(round);
      TestApiClient remover = client(round + 1);
      List<TestApiClient.ReceivedResponse> answers =
          atOnce(
              List.of(
                  () -> maker.post("/api/v1/scenarios", scenario),
                  () -> remover.delete("/api/v1/testsuites/brief")));
      int made = answers.get(0).response().statusCode();
      int removed = answers.get(1).response().statusCode();
      if (made == 201) {
        answers.get(1).is(409);
        String why = answers.get(1).json().getString("detail");
        assertTrue(why.contains("scenario user"), why);
        maker.delete("/api/v1/scenarios/user").is(204);
        maker.delete("/api/v1/testsuites/brief").is(204);
      } else {
        answers.get(0).is(400);
        assertEquals(204, removed);
      }
      assertNotEquals(made == 201, removed == 204);
    }
  }
}
