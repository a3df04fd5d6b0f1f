package io.cta.server.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid input is answered with what is wrong about it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BadInputTest {
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "configurations|{}|name|is required",
        "configurations|{\"name\":5}|name|must be string, not number",
        "configurations|{\"name\":null}|name|must be string, not null",
        "configurations|{\"name\":\"\"}|name|must have at least 1 characters",
        "configurations|{\"name\":\" x\"}|name|must be 1 to 128 letters, accents, digits, spaces or ._:@+- and start with a letter or digit",
        "configurations|{\"name\":\"a\",\"mode\":\"targetMode\"}|mode|must be one of mono, group, stress, parallel",
        "configurations|{\"name\":\"a\",\"targetMode\":\"mono\"}|targetMode|is not known here",
        "configurations|{\"name\":\"a\",\"minimum\":0}|minimum|must be at least 1",
        "configurations|{\"name\":\"a\",\"maxParallel\":\"2\"}|maxParallel|must be integer, not string",
        "configurations|{\"name\":\"a\",\"match\":{\"jdk\":17}}|match.jdk|must be string or array, not number",
        "configurations|[]|``|must be object, not array",
        "configurations|{\"name\":\"a\",\"#mode\":1}|#mode|is not known here",
        "configurations|{\"name\":\"a\",\"match\":{\"jdk\":-1e400}}|match.jdk|is too large a number",
        "testsuites|{\"name\":\"a\",\"tests\":[{}]}|tests[0].name|is required",
        "testsuites|{\"name\":\"a\",\"tests\":[{\"ref\":\"t\",\"env\":{}}]}|tests[0].env|is not known here",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"timeout\":30}]}|stages[0].timeout|must be string, not number",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"timeout\":\"30 s\"}]}|stages[0].timeout|must be a duration such as 500ms, 30s, 10m or 2h, at most 9999d, or a parameter",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"timeout\":\"0s\"}]}|timeout|must be longer than 0",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"stoptimeout\":\"3s\"}]}|stages[0].stoptimeout|is not known here",
        "tests|{\"name\":\"a\",\"stages\":[{}]}|stages[0].run|is required",
        "scenarios|{\"name\":\"a\",\"suite\":{},\"configuration\":{}}|suite|must be string, not object",
        "scenarios|{\"name\":\"a\",\"suite\":\"s\",\"configuration\":\"c\",\"retries\":11}|retries|must be at most 10",
        "users|{\"name\":\"a\",\"password\":\"short\"}|password|must have at least 10 characters",
        "users|{\"name\":\"a\",\"passwordHash\":\"x\"}|passwordHash|is not known here",
      })
  void theFieldAndTheRuleAreNamed(String kind, String body, String field, String rule) {
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("POST", "/api/v1/" + kind, body, Map.of()).is(400);
    assertEquals("application/problem+json", receivedResponse.header("Content-Type"));
    assertEquals(
        field == null ? "" : field, receivedResponse.field(), receivedResponse.response().body());
    assertEquals(rule, receivedResponse.rule());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "executions|{\"scenario\":\"s\",\"parameters\":{\"P\":\"a\\u0000b\"}}|parameters.P",
        "executions|{\"scenario\":\"s\",\"parameters\":{\"P\\u0000\":\"a\"}}|parameters.P\0",
        "executions|{\"scenario\":\"s\",\"parameters\":{\"A=B\":\"a\"}}|parameters.A=B",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\\u0000\"}]}|stages[0].run",
        "tests|{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"env\":{\"L\":\"\\u0000\"}}]}|stages[0].env.L",
        "apply|{\"documents\":[{\"kind\":\"Test\",\"name\":\"a\",\"env\":{\"L\":\"\\u0000\"}}]}|documents[0].env.L",
      })
  void aNulOrAnEqualsSignIsRefusedByItsField(String kind, String body, String field) {
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("POST", "/api/v1/" + kind, body, Map.of()).is(400);
    assertTrue(receivedResponse.field().startsWith(field), receivedResponse.response().body());
  }

  @Test
  void endlessBracketsAreRefusedAtOnce() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    server.admin().send("POST", "/api/v1/configurations", deep, Map.of()).is(400);
    String inside = "{\"name\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001);
    server.admin().send("POST", "/api/v1/configurations", inside, Map.of()).is(400);
    server.nobody().send("POST", "/api/v1/login", deep.substring(2_000, 18_000), Map.of()).is(400);
  }

  @Test
  void allErrorsAreReportedTogether() {
    JsonObject body = new JsonObject("{\"mode\":\"all\",\"minimum\":-1,\"extra\":true}");
    JsonObject problem = server.admin().post("/api/v1/configurations", body).is(400).json();
    assertEquals(4, problem.getJsonArray("errors").size(), problem.encode());
  }

  @Test
  void errorsOfParametersAndBodyAreReportedTogether() {
    Map<String, String> headers = Map.of("Idempotency-Key", "k".repeat(201));
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("POST", "/api/v1/executions", "{}", headers).is(400);
    assertEquals("Idempotency-Key", receivedResponse.field());
    assertEquals(2, receivedResponse.json().getJsonArray("errors").size());
  }

  @Test
  void theErrorsOfALargeBodyAreReportedLikeThoseOfASmallOne() {
    // large enough for a thread of its own
    JsonObject body =
        new JsonObject()
            .put("name", "large")
            .put("tests", new JsonArray().add(new JsonObject().put("name", "a")))
            .put("description", "x".repeat(9_000));
    for (int i = 0; i < 300; i++) {
      body.getJsonArray("tests")
          .add(new JsonObject().put("name", "test-" + i).put("timeout", "1m"));
      body.getJsonArray("tests").add(new JsonObject().put("ref", "some-other-test-" + i));
    }
    body.getJsonArray("tests").add(new JsonObject());
    body.put("extra", 1);
    JsonArray errors =
        server.admin().post("/api/v1/testsuites", body).is(400).json().getJsonArray("errors");
    assertEquals(2, errors.size(), errors.encode());
    assertEquals("tests[601].name", errors.getJsonObject(0).getString("field"));
  }

  @DisplayName("a nested suite or configuration that is {} is refused")
  @Test
  void emptySuiteAndConfigurationAreRefused() {
    // the original took {} for both and answered 201
    JsonObject body = new JsonObject("{\"name\":\"s\",\"suite\":{},\"configuration\":{}}");
    server.admin().post("/api/v1/scenarios", body).is(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"a\",}|line 1, column 14",
        "{\"name\": \"a\"|line 1, column 13",
        "{\"name\": \"a\", \"name\": \"b\"}|Duplicate field 'name'",
        "{\"name\": \"a\"} x|line 1",
        "hello|line 1, column"
      })
  void malformedJsonIsRefusedWithItsPlace(String body, String place) {
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("POST", "/api/v1/groups", body, Map.of()).is(400);
    assertTrue(receivedResponse.rule().contains(place), receivedResponse.rule());
  }

  @Test
  void aHugeBodyIsRefused() {
    String body = "{\"name\":\"" + "x".repeat(100_000) + "\"}";
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("POST", "/api/v1/groups", body, Map.of()).is(413);
    assertEquals("urn:cta:error:too-large", receivedResponse.json().getString("type"));
  }

  @Test
  void anotherContentTypeIsRefused() {
    server
        .admin()
        .send("POST", "/api/v1/groups", "name=a", Map.of("Content-Type", "text/plain"))
        .is(415);
  }

  @Test
  void aMissingBodyIsRefused() {
    assertEquals("is missing", server.admin().post("/api/v1/groups", null).is(400).rule());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/machines?limit=ten|limit|must be integer, not string",
        "/api/v1/machines?limit=1.0|limit|must be integer, not string",
        "/api/v1/machines?limit=0|limit|must be at least 1",
        "/api/v1/machines?limit=99999999999999999999|limit|must be at most 1000",
        "/api/v1/machines?presence=7|presence|must be one of online, offline",
        "/api/v1/machines?label=|label|must have at least 1 characters",
        "/api/v1/schedules?enabled=yes|enabled|must be boolean, not string",
        "/api/v1/executions?state=acked,over|state[1]|must be one of pending, acked, running, finished, cancelled, timeout",
      })
  void aParameterOfAWrongFormIsRefusedWithItsRule(String path, String field, String rule) {
    TestApiClient.ReceivedResponse receivedResponse = server.admin().get(path).is(400);
    assertEquals(field, receivedResponse.field());
    assertEquals(rule, receivedResponse.rule());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/executions?%24where=1,$where",
    "/api/v1/executions?state[%24ne]=ok,state[$ne]",
    "/api/v1/machines?0=1,0",
    "/api/v1/machines?limit=0,limit",
    "/api/v1/machines?limit=ten,limit",
    "/api/v1/machines?limit=100000,limit",
    "/api/v1/machines?limit=1&limit=2,limit",
    "/api/v1/machines?sort=secret,sort",
    "/api/v1/machines?presence=away,presence",
    "/api/v1/executions?state=over,state[0]"
  })
  void unknownQueryParametersAreRefused(String path, String field) {
    TestApiClient.ReceivedResponse receivedResponse = server.admin().get(path).is(400);
    assertTrue(
        receivedResponse.field().contains(field.replace("state[0]", "state")),
        receivedResponse.response().body());
  }

  @Test
  void aBrokenPageMarkIsRefused() {
    server.admin().get("/api/v1/groups?after=nonsense").is(400);
  }

  @ParameterizedTest
  @CsvSource({
    "testsuites/none",
    "configurations/none",
    "executions/none",
    "executions/none/tasks",
    "executions/none/statuses",
    "tasks/none",
    "tasks/none/log",
    "machines/none",
    "nothing/at/all"
  })
  void unknownIdsAndPathsAreNotFound(String path) {
    TestApiClient.ReceivedResponse receivedResponse = server.admin().get("/api/v1/" + path).is(404);
    assertEquals("application/problem+json", receivedResponse.header("Content-Type"));
  }

  @Test
  void anUnknownMethodIsRefusedWithTheAllowedOnes() {
    TestApiClient.ReceivedResponse receivedResponse =
        server.admin().send("PATCH", "/api/v1/groups/a", "{}", Map.of()).is(405);
    assertEquals("DELETE, GET, PUT", receivedResponse.header("Allow"));
  }

  @Test
  void namesWithUnusualLettersAreFound() {
    JsonObject body = new JsonObject().put("name", "é+ñ @ 1:2");
    server.admin().post("/api/v1/groups", body).is(201);
    server.as(AccessRole.VIEWER).get("/api/v1/groups/%C3%A9%2B%C3%B1%20@%201:2").is(200);
  }
}
