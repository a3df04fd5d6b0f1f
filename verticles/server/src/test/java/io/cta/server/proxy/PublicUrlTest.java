package io.cta.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.dashboard.RunningServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose proxy keeps the path answers below it and uses it in all its links. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PublicUrlTest {
  @TempDir private static Path dir;

  private static final HttpClient http = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    server =
        new RunningServer(
            vertx, dir, Map.of("CTA_HTTP_PUBLIC_URL", "https://cta.example.org/teams/cta/"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/teams/cta"})
  void everythingIsThereBelowThePathAndAtTheRoot(String prefix) throws Exception {
    for (String path :
        List.of("/", "/app.js", "/api", "/api/openapi.json", "/api/v1/machines", "/health/live")) {
      assertEquals(200, server.get(prefix + path).statusCode(), prefix + path);
    }
    assertEquals(404, server.get(prefix + "/api/v1/nothing").statusCode());
  }

  @Test
  void thePathWithoutASlashLeadsToThePage() throws Exception {
    HttpResponse<String> answer = server.get("/teams/cta");
    assertEquals(308, answer.statusCode());
    assertEquals("/teams/cta/", answer.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void aPathThatMerelyBeginsLikeThePrefixIsNotFound() throws Exception {
    assertEquals(404, server.get("/teams/ctax/api/v1/machines").statusCode());
  }

  @Test
  void cookiesGoBelowThePathAndOverHttpsOnly() throws Exception {
    List<String> cookies = login().headers().allValues("Set-Cookie");
    assertEquals(2, cookies.size());
    for (String cookie : cookies) {
      assertTrue(cookie.contains("; Path=/teams/cta;"), cookie);
      assertTrue(cookie.contains("; Secure"), cookie);
    }
    assertTrue(cookies.get(0).startsWith("__Secure-cta_session="), cookies.get(0));
  }

  @Test
  void aCreatedResourceIsFoundAtItsLocation() throws Exception {
    HttpResponse<String> made = server.send("/groups", new JsonObject().put("name", "nightly"));
    assertEquals(201, made.statusCode(), made.body());
    String location = made.headers().firstValue("Location").orElseThrow();
    assertTrue(location.startsWith("/teams/cta/api/v1/groups/"), location);
    assertEquals(200, server.get(location).statusCode());
  }

  @Test
  void theDescriptionNamesThePublicAddress() throws Exception {
    String text = server.get("/teams/cta/api/openapi.json").body();
    JsonObject described = new JsonObject(text);
    assertEquals(
        "https://cta.example.org/teams/cta/api/v1",
        described.getJsonArray("servers").getJsonObject(0).getString("url"));
    assertFalse(text.contains("\"http://"), "a link by http");
  }

  @Test
  void theFeedTakesTheCookieOfPagesOfThePublicAddress() throws Exception {
    String cookie = login().headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    WebSocket feed =
        http.newWebSocketBuilder()
            .header("Cookie", cookie)
            .header("Origin", "https://cta.example.org")
            .buildAsync(
                URI.create(server.url().replace("http", "ws") + "/teams/cta/api/v1/live"),
                new WebSocket.Listener() {})
            .get(20, TimeUnit.SECONDS);
    feed.abort();
  }

  private static HttpResponse<String> login() throws IOException, InterruptedException {
    JsonObject body = new JsonObject().put("name", "admin").put("password", RunningServer.PASSWORD);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/teams/cta/api/v1/login"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
