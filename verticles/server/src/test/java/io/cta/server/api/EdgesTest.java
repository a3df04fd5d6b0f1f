package io.cta.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Edge cases: names in any script, text that looks like another type, tags, HEAD, unsupported
 * features.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EdgesTest {
  private static ApiServer server;
  private static TestApiClient admin;

  @BeforeAll
  static void start() {
    server = new ApiServer();
    server.nightly();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "परीक्षण-1",
        "ทดสอบที่ 2",
        "kiểm thử",
        "テストー",
        "اختبار",
        "c++ nightly @v1:2",
        "a+b",
        "a b",
        "1.5",
        "true",
        "t.yaml",
        "7"
      })
  void aNameInAnyScriptIsAcceptedAndFoundByItsPath(String name) {
    admin.post("/api/v1/configurations", new JsonObject().put("name", name)).is(201);
    for (String written : new String[] {encoded(name), encoded(name).replace("%2B", "+")}) {
      JsonObject got = admin.get("/api/v1/configurations/" + written).is(200).json();
      assertEquals(name, got.getString("name"));
    }
    assertEquals(1, found("name=" + encoded(name)));
    admin
        .put("/api/v1/configurations/" + encoded(name), new JsonObject().put("name", name), "*")
        .is(200);
    admin.delete("/api/v1/configurations/" + encoded(name)).is(204);
  }

  @Test
  void aNameIsFoundInEitherEncodingOfItsAccentAndNeitherHidesTheOther() {
    String composed = "caf\u00e9";
    String decomposed = "cafe\u0301";
    admin.post("/api/v1/testsuites", ApiServer.suite(decomposed, "t")).is(201);
    for (String written : new String[] {composed, decomposed}) {
      String path = "/api/v1/testsuites/" + encoded(written);
      assertEquals(decomposed, admin.get(path).is(200).json().getString("name"));
    }
    admin.post("/api/v1/scenarios", ApiServer.scenario("s1", composed, "any")).is(201);
    admin.delete("/api/v1/testsuites/" + encoded(decomposed)).is(409);
    admin.post("/api/v1/testsuites", ApiServer.suite(composed, "t")).is(201);
    for (String written : new String[] {composed, decomposed}) {
      String path = "/api/v1/testsuites/" + encoded(written);
      assertEquals(written, admin.get(path).is(200).json().getString("name"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D\uDE80 smoke", "a/b", "a%b", " lead", "", "\u0301x", "a\tb"})
  void anInvalidNameIsRefusedWithTheRuleItBreaks(String name) {
    TestApiClient.ReceivedResponse receivedResponse =
        admin.post("/api/v1/configurations", new JsonObject().put("name", name)).is(400);
    assertEquals("name", receivedResponse.field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%25", "50%25%20off", "%2525", "%22", "%0A%0Dforged", "%00", "%FF", "+"})
  void aFilterIsDecodedOnce(String written) {
    assertEquals(0, found("prefix=" + written));
  }

  @Test
  void aPlusInAFilterIsNotABlank() {
    for (String name : new String[] {"a+b twice", "a b twice"}) {
      admin.post("/api/v1/configurations", new JsonObject().put("name", name)).is(201);
    }
    for (String filter : new String[] {"name=a%2Bb%20twice", "prefix=a%2Bb"}) {
      assertEquals("a+b twice", onlyName(filter));
    }
    for (String filter : new String[] {"name=a%20b%20twice", "name=a+b+twice", "prefix=a%20b"}) {
      assertEquals("a b twice", onlyName(filter));
    }
    for (String name : new String[] {"a%2Bb%20twice", "a%20b%20twice"}) {
      admin.delete("/api/v1/configurations/" + name).is(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machines?label=%25",
        "machines?label=100%25",
        "executions?requestedBy=%25",
        "executions?scenario=%2525",
        "scenarios?suite=%25zz"
      })
  void aPercentSignInAFilterOfAnyListFindsNothing(String query) {
    assertEquals(0, admin.get("/api/v1/" + query).is(200).json().getJsonArray("items").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz"})
  void aFilterThatIsNotTextIsRefused(String written) {
    String path = "/api/v1/configurations?prefix=" + written;
    assertEquals(400, RawRequest.get(server.url(), path, admin.token()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "-5",
        "2e5",
        "50% off",
        "%",
        "true",
        "null",
        "\"q\"",
        "a\"q",
        "it's",
        "a, b",
        "[1]",
        "{\"a\":1}"
      })
  void aKeyIsTextWhateverItLooksLike(String key) {
    JsonObject order = new JsonObject().put("scenario", "nightly");
    String first = admin.post("/api/v1/executions", order, key).is(202).json().getString("id");
    assertEquals(first, admin.post("/api/v1/executions", order, key).json().getString("id"));
  }

  @Test
  void mediaTypesIgnoreCaseAndATagMayBeWeakOrOneOfSeveral() {
    String body = "{\"name\":\"typed\"}";
    String tag =
        admin
            .send(
                "POST",
                "/api/v1/configurations",
                body,
                Map.of("Content-Type", "Application/JSON; charset=utf-8"))
            .is(201)
            .header("ETag");
    JsonObject next = new JsonObject(body).put("mode", "stress");
    String second =
        admin.put("/api/v1/configurations/typed", next, "W/" + tag).is(200).header("ETag");
    assertNotEquals(tag, second);
    admin.put("/api/v1/configurations/typed", next, "\"x\", " + second).is(200);
    admin.put("/api/v1/configurations/typed", next, tag).is(412);
    // the tag of a deleted document is not that of the next one with its name
    admin.delete("/api/v1/configurations/typed").is(204);
    admin.send("POST", "/api/v1/configurations", body, Map.of()).is(201);
    admin.put("/api/v1/configurations/typed", next, tag).is(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/scenarios", "/scenarios/nightly", "/machines", "/me", "/executions?limit=1"})
  void headIsAnsweredLikeGetWithoutABody(String path) {
    assertEquals(new RawRequest(200, ""), head(path, admin.token()));
    assertEquals(new RawRequest(401, ""), head(path, "nobody"));
    assertEquals(new RawRequest(404, ""), head("/nothing", admin.token()));
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 30 2 *, false",
    "'0 0 31 4,6,9,11 *', false",
    "0 0 31 APR *, false",
    "0 0 30-31 2 *, false",
    "0 0 30/1 feb *, false",
    "0 0 29 2 *, true",
    "0 0 30 2 5, true",
    "0 0 31 */2 *, true",
    "0 0 31 4-5 *, true",
    "0 12 * * 7, true"
  })
  void aRuleThatNeverFiresIsRefused(String cron, boolean fires) {
    JsonObject schedule =
        new JsonObject().put("name", "rule").put("scenario", "nightly").put("cron", cron);
    TestApiClient.ReceivedResponse receivedResponse =
        admin.post("/api/v1/schedules", schedule).is(fires ? 201 : 400);
    if (fires) {
      admin.delete("/api/v1/schedules/rule").is(204);
    } else {
      assertEquals("cron", receivedResponse.field());
      assertTrue(receivedResponse.rule().startsWith("never fires"), receivedResponse.rule());
    }
  }

  @Test
  void unsupportedFeaturesAreRefusedByField() {
    String git = "\"type\":\"git\",\"url\":\"https://h/a\"";
    refusedOutput("outputs[0].ref", git);
    refusedOutput("outputs[0].ref", git + ",\"ref\":\"refs/heads/x\"");
    refusedOutput("outputs[0].depth", git + ",\"ref\":\"results\",\"depth\":1");
    refusedOutput("outputs[0].type", "\"type\":\"maven\",\"artifact\":\"g:a:1\"");
    refusedOutput("outputs[0].url", "\"type\":\"s3\",\"url\":\"http://b\"");
    refusedOutput("outputs[0].path", "\"type\":\"local\",\"path\":\"x\"");
    refusedOutput("outputs[0].url", "\"type\":\"s3\",\"url\":\"s3://bucket/${X}\"");
    refused("inputs[0].url", new JsonObject("{\"inputs\":[{\"type\":\"s3\"}]}"));
    refused("inputs[0].url", new JsonObject("{\"inputs\":[{\"type\":\"git\"}]}"));
    refused("inputs[0].url", new JsonObject("{\"inputs\":[{\"type\":\"http\"}]}"));
    refused("inputs[0].artifact", new JsonObject("{\"inputs\":[{\"type\":\"maven\"}]}"));
    refused("inputs[0].path", new JsonObject("{\"inputs\":[{\"type\":\"local\"}]}"));
    String kept = "{\"name\":\"t\",\"stages\":[{\"run\":\"x\"}],\"artifacts\":[\"../*.log\"]}";
    refused("tests[0].artifacts", new JsonObject("{\"tests\":[" + kept + "]}"));
    assertEquals("artifacts", admin.post("/api/v1/tests", new JsonObject(kept)).is(400).field());
    JsonObject document = new JsonObject(kept).put("kind", "Test");
    JsonObject apply = new JsonObject().put("documents", new JsonArray().add(document));
    assertEquals("documents[0].artifacts", admin.post("/api/v1/apply", apply).is(400).field());
  }

  private static RawRequest head(String path, String token) {
    return RawRequest.send("HEAD", server.url(), "/api/v1" + path, token);
  }

  private static void refusedOutput(String field, String output) {
    refused(field, new JsonObject("{\"outputs\":[{" + output + "}]}"));
  }

  private static void refused(String field, JsonObject suite) {
    TestApiClient.ReceivedResponse receivedResponse =
        admin.post("/api/v1/testsuites", suite.put("name", "no")).is(400);
    assertEquals(field, receivedResponse.field(), receivedResponse.rule());
  }

  private static String onlyName(String query) {
    assertEquals(1, found(query), query);
    JsonArray items = admin.get("/api/v1/configurations?" + query).json().getJsonArray("items");
    return items.getJsonObject(0).getString("name");
  }

  private static int found(String query) {
    return admin.get("/api/v1/configurations?" + query).is(200).json().getJsonArray("items").size();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
