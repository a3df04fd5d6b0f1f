package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.api.TestApiClient.ReceivedResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parameters, refs and versions that a start asks for, and where they are refused. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ParametersTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @BeforeEach
  void aSuiteWithParameters() {
    server.nightly();
    server.admin().put("/api/v1/testsuites/suite", suite(), "*").is(200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSuiteShowsItsParametersAsTheyWereWritten() {
    JsonObject shown = server.admin().get("/api/v1/testsuites/suite").is(200).json();
    assertEquals(
        new JsonObject().put("default", "main").put("values", new JsonArray()),
        shown.getJsonObject("parameters").getJsonObject("REF"));
    assertEquals("${REF}", shown.getJsonArray("inputs").getJsonObject(0).getString("ref"));
  }

  @Test
  void theSnapshotHasTheValues() {
    JsonObject snapshot = started(order().put("parameters", new JsonObject().put("REF", "v2")));
    assertEquals("v2", snapshot.getJsonArray("inputs").getJsonObject(0).getString("ref"));
    assertEquals(
        new JsonObject().put("REF", "v2").put("LEVEL", "1"),
        snapshot.getJsonObject("scenario").getJsonObject("parameters"));
  }

  @Test
  void aRefAndAVersionAreTakenForAnInput() {
    JsonObject order = order().put("ref", "v3").put("inputs", new JsonObject().put("lib", "2.0"));
    JsonArray inputs = started(order).getJsonArray("inputs");
    assertEquals("v3", inputs.getJsonObject(0).getString("ref"));
    assertEquals("g:lib:2.0", inputs.getJsonObject(1).getString("artifact"));
  }

  @Test
  void whatDoesNotFitIsRefusedByItsField() {
    refused("parameters.NOPE", order().put("parameters", new JsonObject().put("NOPE", "x")));
    refused("parameters.LEVEL", order().put("parameters", new JsonObject().put("LEVEL", "9")));
    refused("inputs.nope", order().put("inputs", new JsonObject().put("nope", "x")));
    refused("ref", order().put("ref", "--upload-pack=x"));
  }

  @Test
  void aScenarioCannotSetWhatItsSuiteDoesNotDeclare() {
    JsonObject scenario = ApiServer.scenario("other", "suite", "any");
    JsonObject wrong = scenario.copy().put("parameters", new JsonObject().put("NOPE", "x"));
    assertEquals(
        "parameters.NOPE", server.admin().post("/api/v1/scenarios", wrong).is(400).field());
    JsonObject right = scenario.copy().put("parameters", new JsonObject().put("REF", "dev"));
    server.admin().post("/api/v1/scenarios", right).is(201);
  }

  @Test
  void aNameThatTheSuiteDoesNotDeclareIsRefusedWhereItStands() {
    JsonObject wrong = suite();
    wrong.getJsonArray("inputs").getJsonObject(0).put("ref", "${BRANCH}");
    ReceivedResponse refused = server.admin().put("/api/v1/testsuites/suite", wrong, "*").is(400);
    assertEquals("inputs[0].ref", refused.field());
    assertTrue(refused.json().getString("detail").contains("${BRANCH}"));
  }

  @Test
  void aChangeOfTheSuiteNeverChangesAnExecutionThatExists() {
    ReceivedResponse first = runner.post("/api/v1/executions", order()).is(202);
    JsonObject changed = suite();
    changed.getJsonArray("inputs").getJsonObject(0).put("ref", "other");
    server.admin().put("/api/v1/testsuites/suite", changed, "*").is(200);
    JsonObject stored =
        runner.get("/api/v1/executions/" + first.json().getString("id")).is(200).json();
    assertEquals(first.json().getJsonObject("snapshot"), stored.getJsonObject("snapshot"));
    assertEquals(
        "other", started(order()).getJsonArray("inputs").getJsonObject(0).getString("ref"));
  }

  private void refused(String field, JsonObject order) {
    assertEquals(field, runner.post("/api/v1/executions", order).is(400).field());
  }

  private JsonObject started(JsonObject order) {
    return runner.post("/api/v1/executions", order).is(202).json().getJsonObject("snapshot");
  }

  private static JsonObject order() {
    return new JsonObject().put("scenario", "nightly");
  }

  private static JsonObject suite() {
    return ApiServer.suite("suite", "one")
        .put(
            "parameters",
            new JsonObject(
                "{\"REF\":{\"default\":\"main\"},\"LEVEL\":{\"default\":\"1\",\"values\":[\"1\",\"2\"]}}"))
        .put(
            "inputs",
            new JsonArray(
                "[{\"type\":\"git\",\"url\":\"https://h/app.git\",\"ref\":\"${REF}\"},"
                    + "{\"type\":\"maven\",\"artifact\":\"g:lib:1.0\"}]"));
  }
}
