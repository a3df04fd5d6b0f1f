package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A null is refused: it neither silently keeps a value nor becomes the text "null". */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NullsTest {
  private static final String PATH = "/api/v1/configurations/c";
  private static ApiServer server;
  private static TestApiClient admin;

  @BeforeAll
  static void start() {
    server = new ApiServer();
    server.nightly();
    admin = server.admin();
    admin.post("/api/v1/configurations", new JsonObject().put("name", "c")).is(201);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void aConfigurationWithEverything() {
    JsonObject all =
        new JsonObject()
            .put("name", "c")
            .put("description", "text")
            .put("mode", "stress")
            .put("minimum", 2);
    admin.put(PATH, all, "*").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"description", "labels", "minimum", "mode", "match", "offline", "machines"})
  void aNullFieldOfAnUpdateIsRefusedByNameAndNothingChanges(String field) {
    JsonObject before = admin.get(PATH).is(200).json();
    JsonObject body = new JsonObject().put("name", "c").putNull(field);
    TestApiClient.ReceivedResponse receivedResponse = admin.put(PATH, body, "*").is(400);
    assertEquals(field, receivedResponse.field());
    assertTrue(receivedResponse.rule().endsWith("not null"), receivedResponse.rule());
    assertEquals(before, admin.get(PATH).is(200).json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT|/configurations/c|null|``",
        "PUT|/configurations/c|{\"name\":\"c\",\"labels\":[null]}|labels[0]",
        "POST|/executions|{\"scenario\":\"nightly\",\"parameters\":{\"A\":null}}|parameters.A",
        "POST|/apply|{\"documents\":[null]}|documents[0]",
      })
  void aNullWhereAValueBelongsIsRefusedByItsPlace(
      String method, String path, String body, String field) {
    TestApiClient.ReceivedResponse receivedResponse =
        admin.send(method, "/api/v1" + path, body, Map.of("If-Match", "*")).is(400);
    assertEquals(
        field == null ? "" : field, receivedResponse.field(), receivedResponse.response().body());
  }

  @Test
  void fieldsThatAnUpdateLeavesOutAreRemoved() {
    JsonObject after = admin.put(PATH, new JsonObject().put("name", "c"), "*").is(200).json();
    assertEquals(null, after.getString("description"));
    assertEquals("mono", after.getString("mode"));
  }
}
