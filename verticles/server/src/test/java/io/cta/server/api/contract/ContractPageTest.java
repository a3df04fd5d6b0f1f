package io.cta.server.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that shows the contract. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ContractPageTest {
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itIsPublicAndLoadsNothingFromOtherHosts() {
    TestApiClient.ReceivedResponse page = server.nobody().get("/api").is(200);
    assertTrue(page.header("Content-Type").startsWith("text/html"));
    String html = page.response().body();
    assertFalse(html.contains("://"), html);
    Matcher m = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html);
    while (m.find()) {
      server.nobody().get("/" + m.group(1)).is(200);
    }
  }

  @Test
  void withATrailingSlashItRedirectsRelatively() {
    assertEquals("../api", server.nobody().get("/api/").is(308).header("Location"));
  }

  @Test
  void theContractIsServedAsYamlAndJson() {
    assertTrue(
        server.nobody().get("/api/openapi.yaml").is(200).response().body().contains("openapi:"));
    JsonObject json = server.nobody().get("/api/openapi.json").is(200).json();
    assertEquals("/api/v1", json.getJsonArray("servers").getJsonObject(0).getString("url"));
  }

  @Test
  void responsesAreCompressedOnRequest() {
    TestApiClient.ReceivedResponse receivedResponse =
        server
            .nobody()
            .send("GET", "/api/openapi.json", null, Map.of("Accept-Encoding", "gzip"))
            .is(200);
    assertEquals("gzip", receivedResponse.header("Content-Encoding"));
  }
}
