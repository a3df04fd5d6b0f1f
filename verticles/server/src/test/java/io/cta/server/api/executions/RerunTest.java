package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessRole;
import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.json.JsonMapping;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Repeats an execution, all of it or only the tests that were not ok. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RerunTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);
  private String id;

  @BeforeEach
  void anExecutionOfThreeTests() {
    server.nightly();
    JsonObject suite = ApiServer.suite("suite", "one");
    for (String name : List.of("two", "three")) {
      suite
          .getJsonArray("tests")
          .add(ApiServer.suite("x", name).getJsonArray("tests").getJsonObject(0));
    }
    server.admin().put("/api/v1/testsuites/suite", suite, "*").is(200);
    JsonObject nightly = new JsonObject().put("scenario", "nightly");
    id = runner.post("/api/v1/executions", nightly).is(202).json().getString("id");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theWholeExecutionIsRepeatedWithItsDefinitions() {
    finish();
    server.admin().put("/api/v1/testsuites/suite", ApiServer.suite("suite", "new"), "*").is(200);
    JsonObject again = runner.post("/api/v1/executions/" + id + "/rerun", null).is(202).json();
    assertEquals(id, again.getString("rerunOf"));
    assertEquals(List.of("one", "two", "three"), tests(again));
  }

  @Test
  void onlyTestsThatEndedNotOkAreRepeated() {
    finish();
    status("one", 1, 1, "ok");
    status("two", 1, 2, "failed");
    status("two", 2, 1, "ok");
    status("three", 1, 3, "ok");
    status("three", 1, 4, "failed");
    JsonObject failed = new JsonObject().put("only", "failed");
    JsonObject again = runner.post("/api/v1/executions/" + id + "/rerun", failed).is(202).json();
    assertEquals(List.of("three"), tests(again));
  }

  @Test
  void aRunningOrFullyOkExecutionHasNothingToRepeat() {
    JsonObject failed = new JsonObject().put("only", "failed");
    runner.post("/api/v1/executions/" + id + "/rerun", failed).is(409);
    runner.post("/api/v1/executions/" + id + "/rerun", null).is(409);
    finish();
    status("one", 1, 1, "ok");
    runner.post("/api/v1/executions/" + id + "/rerun", failed).is(409);
  }

  @Test
  void statusesAreListedByFilter() {
    status("one", 1, 1, "ok");
    status("two", 1, 2, "failed");
    String path = "/api/v1/executions/" + id + "/statuses";
    assertEquals(2, runner.get(path).json().getJsonArray("items").size());
    assertEquals(1, runner.get(path + "?result=failed").json().getJsonArray("items").size());
    assertEquals(
        1,
        runner
            .get(path + "?testId=one&attempt=1&skipped=false")
            .json()
            .getJsonArray("items")
            .size());
    assertEquals(0, runner.get(path + "?case=none").json().getJsonArray("items").size());
  }

  private void finish() {
    ApiServer.wait(
        server.stores.executions.update(
            id,
            e ->
                JsonMapping.fromObject(
                    JsonMapping.toObject(e).put("state", "finished"), Execution.class)));
  }

  private void status(String test, int attempt, int index, String result) {
    String task = id + "-0";
    String status = Status.id(task, attempt, index);
    JsonObject body =
        new JsonObject()
            .put("id", status)
            .put("executionId", id)
            .put("taskId", task)
            .put("attempt", attempt)
            .put("testId", test)
            .put("index", index)
            .put("result", result)
            .put("source", "report")
            .put("skipped", false);
    ApiServer.wait(
        server.stores.statuses.insert(status, JsonMapping.fromObject(body, Status.class)));
  }

  private static List<String> tests(JsonObject execution) {
    return execution.getJsonObject("snapshot").getJsonArray("tests").stream()
        .map(t -> ((JsonObject) t).getString("id"))
        .toList();
  }
}
