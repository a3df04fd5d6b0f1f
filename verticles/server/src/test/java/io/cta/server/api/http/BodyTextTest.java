package io.cta.server.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies with bytes, numbers or media types that are not valid JSON, and what is read back
 * afterwards.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BodyTextTest {
  private static final String JSON = "application/json";
  private static final String PATH = "/api/v1/configurations";

  @TempDir Path directory;
  private ApiServer server;
  private TestApiClient admin;

  @BeforeEach
  void start() {
    // a store that writes text, not the objects themselves
    SqliteSettings settings = SqliteSettings.of(directory.resolve("cta.db"));
    server = new ApiServer(vertx -> new SqliteStore(vertx, settings));
    admin = server.admin();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    String body = "{\"name\":\"c\",\"description\":\"caf\u00e9\"}";
    admin.postBytes(PATH, body.getBytes(StandardCharsets.ISO_8859_1), JSON).is(400);
    admin.get(PATH + "/c").is(404);
  }

  @Test
  void aByteOrderMarkIsIgnored() {
    admin.postBytes(PATH, utf8("\ufeff{\"name\":\"c\"}"), JSON).is(201);
    assertEquals("c", admin.get(PATH + "/c").is(200).json().getString("name"));
  }

  @Test
  void halfOfACharacterDoesNotBreakItsList() {
    admin.postBytes(PATH, utf8("{\"name\":\"c\",\"description\":\"\\ud800\"}"), JSON).is(201);
    JsonArray items = admin.get(PATH).is(200).json().getJsonArray("items");
    assertEquals(1, items.size());
    String text = items.getJsonObject(0).getString("description");
    assertEquals(text, admin.get(PATH + "/c").is(200).json().getString("description"));
  }

  @ParameterizedTest
  @CsvSource({"1e400, 400", "2.5, 400", "1e2, 201", "2.0, 201", "2, 201"})
  void onlyWholeNumbersAreAcceptedInAnySpelling(String written, int status) {
    byte[] body = utf8("{\"name\":\"c\",\"minimum\":" + written + "}");
    TestApiClient.ReceivedResponse receivedResponse = admin.postBytes(PATH, body, JSON).is(status);
    if (status == 400) {
      assertEquals("minimum", receivedResponse.field());
    } else {
      int minimum = Double.valueOf(written).intValue();
      assertEquals(minimum, admin.get(PATH + "/c").json().getInteger("minimum"));
    }
  }

  @Test
  void aNulIsRefusedByItsField() {
    JsonObject body = new JsonObject().put("name", "c").put("description", "a\0b");
    assertEquals("description", admin.post(PATH, body).is(400).field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/json", "application/xml", ""})
  void aBodyOfAnotherMediaTypeIsRefused(String type) {
    // empty for a request without a content type
    byte[] body = utf8("{\"name\":\"c\"}");
    admin.postBytes(PATH, body, type.isEmpty() ? null : type).is(415);
  }

  @Test
  void aClientThatAcceptsHtmlGetsJson() {
    TestApiClient.ReceivedResponse receivedResponse =
        admin.send("GET", PATH, null, Map.of("Accept", "text/html")).is(200);
    assertTrue(receivedResponse.header("Content-Type").startsWith(JSON));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
