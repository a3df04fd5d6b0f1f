package io.cta.server.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.State;
import io.cta.domain.TaskBuilder;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets of tests: who may set them, who may use them, and that nobody sees a value again. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SecretValuesTest {
  private static final String VALUE = "kT5xq0-n8w";

  private final ApiServer server = new ApiServer();
  private final TestApiClient admin = server.admin();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noAnswerHasTheValueAndTheStoreHasItSealedOnly() {
    JsonObject made = admin.post("/api/v1/secrets", secret("deploy")).is(201).json();
    for (String path : new String[] {"/api/v1/secrets", "/api/v1/secrets/deploy"}) {
      String text = admin.get(path).is(200).response().body();
      assertFalse(text.contains(VALUE) || text.contains("sealed"), text);
    }
    var stored = ApiServer.wait(server.stores.secrets.get(made.getString("id"))).value();
    assertFalse(stored.toString().contains(VALUE), stored.toString());
    assertEquals(VALUE, ApiServer.CIPHER.open(stored.sealed()));
  }

  @Test
  void aReplaceWithoutValueKeepsItAndOneWithValueChangesIt() {
    admin.post("/api/v1/secrets", secret("deploy")).is(201);
    JsonObject described = new JsonObject().put("name", "deploy").put("description", "new");
    admin.put("/api/v1/secrets/deploy", described, "*").is(200);
    assertEquals(VALUE, value("deploy"));
    admin.put("/api/v1/secrets/deploy", described.put("value", "another-value"), "*").is(200);
    assertEquals("another-value", value("deploy"));
  }

  @Test
  void refusesValuesThatCannotBeHiddenAndSaysWhy() {
    for (String value : new String[] {"short", "  seven77  ", "\n\n\n\n\n\n\n\n\n"}) {
      String text =
          admin
              .post("/api/v1/secrets", secret("deploy").put("value", value))
              .is(400)
              .response()
              .body();
      assertTrue(
          text.contains("value") && text.contains("at least 8 characters")
              || text.contains("minLength")
              || text.contains("8"),
          text);
    }
    JsonObject none = new JsonObject().put("name", "deploy");
    assertTrue(
        admin.post("/api/v1/secrets", none).is(400).response().body().contains("is required"));
  }

  @Test
  void onlyMaintainersSeeThatThereIsOne() {
    admin.post("/api/v1/secrets", secret("deploy")).is(201);
    server.as(AccessRole.RUNNER).get("/api/v1/secrets").is(403);
    server.as(AccessRole.MAINTAINER).get("/api/v1/secrets").is(200);
  }

  @Test
  void aStartIsRefusedWhenASecretIsMissingOrForAnother() {
    scenario("nightly", null);
    assertPlace(
        admin.post("/api/v1/executions", new JsonObject().put("scenario", "nightly")).is(400));
    admin.post("/api/v1/groups", new JsonObject().put("name", "core")).is(201);
    admin.post("/api/v1/secrets", secret("deploy").put("group", "core")).is(201);
    assertPlace(
        admin.post("/api/v1/executions", new JsonObject().put("scenario", "nightly")).is(400));
    scenario("of-core", "core");
    admin.post("/api/v1/executions", new JsonObject().put("scenario", "of-core")).is(202);
  }

  @Test
  void aSecretThatASuiteNamesCannotBeDeleted() {
    admin.post("/api/v1/secrets", secret("deploy")).is(201);
    scenario("nightly", null);
    assertTrue(
        admin.delete("/api/v1/secrets/deploy").is(409).response().body().contains("test suite"));
  }

  @Test
  void aSuiteCannotHideASecretBehindAVariableOfTheSystem() {
    for (String variable : new String[] {"PATH", "CTA_TOKEN", "LEVEL"}) {
      JsonObject suite =
          ApiServer.suite("s", "one")
              .put("secrets", new JsonObject().put(variable, "deploy"))
              .put(
                  "parameters", new JsonObject().put("LEVEL", new JsonObject().put("default", "")));
      String text = admin.post("/api/v1/testsuites", suite).is(400).response().body();
      assertTrue(text.contains("secrets." + variable), text);
    }
  }

  @Test
  void onlyTheAgentThatRunsTheAttemptGetsTheValues() {
    admin.post("/api/v1/secrets", secret("deploy")).is(201);
    scenario("nightly", null);
    String execution =
        admin
            .post("/api/v1/executions", new JsonObject().put("scenario", "nightly"))
            .is(202)
            .json()
            .getString("id");
    JsonObject mine = enrolled("mine");
    JsonObject other = enrolled("other");
    String task = execution + "-1";
    ApiServer.wait(
        server.stores.tasks.insert(
            task,
            TaskBuilder.builder()
                .id(task)
                .executionId(execution)
                .machineId(mine.getString("machineId"))
                .attempt(2)
                .token("fencing")
                .state(State.RUNNING)
                .build()));
    JsonObject key = new JsonObject().put("taskId", task).put("attempt", 2).put("token", "fencing");
    var answer = server.with(mine.getString("token")).post("/api/v1/agents/secrets", key).is(200);
    assertEquals(VALUE, answer.json().getJsonObject("secrets").getString("deploy"));
    assertEquals("no-store", answer.header("Cache-Control"));
    server.with(other.getString("token")).post("/api/v1/agents/secrets", key).is(409);
    admin.post("/api/v1/agents/secrets", key).is(403);
    TestApiClient agent = server.with(mine.getString("token"));
    agent.post("/api/v1/agents/secrets", key.copy().put("attempt", 1)).is(409);
    agent.post("/api/v1/agents/secrets", key.copy().put("token", "fencinG")).is(409);
    ApiServer.wait(
        server.stores.tasks.update(
            task, t -> TaskBuilder.builder(t).state(State.FINISHED).build()));
    agent.post("/api/v1/agents/secrets", key).is(409);
  }

  private JsonObject enrolled(String host) {
    return server
        .with(ApiServer.REGISTRATION)
        .post("/api/v1/agents/enrol", new JsonObject().put("hostname", host))
        .is(201)
        .json();
  }

  private String value(String name) {
    return ApiServer.CIPHER.open(
        ApiServer.wait(
                io.cta.server.executions.IdOrNameLookup.get(server.stores.secrets, "secret", name))
            .value()
            .sealed());
  }

  private void scenario(String name, String group) {
    JsonObject suite =
        ApiServer.suite(name, "one").put("secrets", new JsonObject().put("TOKEN", "deploy"));
    admin.post("/api/v1/testsuites", suite).is(201);
    admin.post("/api/v1/configurations", new JsonObject().put("name", name)).is(201);
    JsonObject scenario = ApiServer.scenario(name, name, name);
    admin
        .post("/api/v1/scenarios", group == null ? scenario : scenario.put("group", group))
        .is(201);
  }

  private static void assertPlace(TestApiClient.ReceivedResponse answer) {
    assertTrue(answer.response().body().contains("secrets.TOKEN"), answer.response().body());
  }

  private static JsonObject secret(String name) {
    return new JsonObject().put("name", name).put("value", VALUE);
  }
}
