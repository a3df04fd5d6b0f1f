package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessRole;
import io.cta.domain.Status;
import io.cta.json.JsonMapping;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists are filtered by names of cases as tools write them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CaseFilterTest {
  private static final List<String> NAMES =
      List.of(
          "a+b",
          "a b",
          "a%2Bb",
          "100%",
          "50% off",
          "%25",
          "x=1&y=2",
          "[1]",
          "{\"a\":1}",
          "1.10",
          "true",
          "null",
          "a/b",
          "a;b",
          "a#b",
          "a?b",
          "\"q\"",
          "it's",
          "ünï ☃",
          "gr\u00fcn",
          "gru\u0308n",
          "\uD83D\uDE00",
          "x  two blanks",
          "a,b",
          "*",
          "_",
          "$ne",
          "' OR '1'='1",
          "<b>",
          "a\\b");

  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachCaseIsFoundByItsExactNameOnly() {
    server.nightly();
    JsonObject nightly = new JsonObject().put("scenario", "nightly");
    String id = runner.post("/api/v1/executions", nightly).is(202).json().getString("id");
    for (int i = 0; i < NAMES.size(); i++) {
      String status = Status.id(id + "-0", 1, i);
      JsonObject body =
          new JsonObject()
              .put("id", status)
              .put("executionId", id)
              .put("taskId", id + "-0")
              .put("testId", "one")
              .put("index", i)
              .put("name", NAMES.get(i))
              .put("result", "ok");
      ApiServer.wait(
          server.stores.statuses.insert(status, JsonMapping.fromObject(body, Status.class)));
    }
    for (String name : NAMES) {
      String written = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      assertEquals(List.of(name), found(id, written));
      // encoded as HTML forms do
      assertEquals(List.of(name), found(id, written.replace("%20", "+")));
    }
  }

  @Test
  void aTestIsFoundByAnIdWithUnusualCharacters() {
    String id = "suite/adds 1+1 = 100%";
    JsonObject body =
        new JsonObject()
            .put("id", Status.id("e-0", 1, 0))
            .put("executionId", "e")
            .put("taskId", "e-0")
            .put("testId", id)
            .put("name", "one")
            .put("result", "ok");
    server.nightly();
    JsonObject nightly = new JsonObject().put("scenario", "nightly");
    String execution = runner.post("/api/v1/executions", nightly).is(202).json().getString("id");
    Status status = JsonMapping.fromObject(body.put("executionId", execution), Status.class);
    ApiServer.wait(server.stores.statuses.insert(status.id(), status));
    String written = URLEncoder.encode(id, StandardCharsets.UTF_8);
    assertEquals(List.of("one"), found(execution, "testId", written));
    assertEquals(List.of(), found(execution, "testId", written.replace("%2B", "+")));
  }

  private List<String> found(String id, String written) {
    return found(id, "case", written);
  }

  private List<String> found(String id, String filter, String written) {
    return runner
        .get("/api/v1/executions/" + id + "/statuses?" + filter + "=" + written)
        .is(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(item -> ((JsonObject) item).getString("name"))
        .toList();
  }
}
