package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of a scenario that parameters say. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ScenarioLimitsTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @BeforeEach
  void aSuiteWithParameters() {
    server.nightly();
    JsonObject suite =
        ApiServer.suite("suite", "one")
            .put(
                "parameters",
                new JsonObject("{\"MINUTES\":{\"default\":\"7\"},\"WAIT\":{\"default\":\"90s\"}}"));
    server.admin().put("/api/v1/testsuites/suite", suite, "*").is(200);
    scenario("${WAIT}", "${MINUTES}m", new JsonObject()).is(200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aScenarioShowsThemAsTheyWereWritten() {
    JsonObject shown = server.admin().get("/api/v1/scenarios/nightly").is(200).json();
    assertEquals(limits("${WAIT}", "${MINUTES}m"), shown.getJsonObject("timeouts"));
  }

  @Test
  void anExecutionHasTheValues() {
    assertEquals(limits("90s", "7m"), started(new JsonObject()));
    JsonObject longer = new JsonObject().put("MINUTES", "60");
    assertEquals(limits("90s", "1h"), started(new JsonObject().put("parameters", longer)));
  }

  @Test
  void aStartMayNameParametersInItsOwn() {
    JsonObject order = new JsonObject().put("timeouts", limits("${MINUTES}s", "${WAIT}"));
    assertEquals(limits("7s", "90s"), started(order));
  }

  @ParameterizedTest
  @CsvSource({
    "${NOPE}, 1h, timeouts.pending",
    "1h, ${NOPE}m, timeouts.running",
    "${WAIT}m, 1h, timeouts.pending",
    "soon, 1h, timeouts.pending"
  })
  void whatNoParameterCanBeIsRefusedWhereItStands(String pending, String running, String field) {
    assertEquals(field, scenario(pending, running, new JsonObject()).is(400).field());
  }

  @Test
  void aValueThatIsNoTimeIsRefusedAtTheStart() {
    JsonObject wrong = new JsonObject().put("WAIT", "long");
    JsonObject order = new JsonObject().put("scenario", "nightly").put("parameters", wrong);
    assertEquals("timeouts.pending", runner.post("/api/v1/executions", order).is(400).field());
  }

  private TestApiClient.ReceivedResponse scenario(
      String pending, String running, JsonObject parameters) {
    JsonObject scenario =
        ApiServer.scenario("nightly", "suite", "any")
            .put("timeouts", limits(pending, running))
            .put("parameters", parameters);
    return server.admin().put("/api/v1/scenarios/nightly", scenario, "*");
  }

  private JsonObject started(JsonObject order) {
    return runner
        .post("/api/v1/executions", order.put("scenario", "nightly"))
        .is(202)
        .json()
        .getJsonObject("snapshot")
        .getJsonObject("scenario")
        .getJsonObject("timeouts");
  }

  private static JsonObject limits(String pending, String running) {
    return new JsonObject().put("pending", pending).put("running", running);
  }
}
