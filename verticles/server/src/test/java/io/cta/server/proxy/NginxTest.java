package io.cta.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.dashboard.LinkedAgent;
import io.cta.server.dashboard.RunningServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx with the sample configuration, and with a plain one as people first write it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NginxTest {
  private static final String PLAIN =
      "events {}\nhttp {\n  server {\n    listen 127.0.0.1:8081;\n"
          + "    location / { proxy_pass http://127.0.0.1:8080; }\n  }\n}\n";

  @TempDir private static Path dir;

  private static final HttpClient http = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static RunningServer server;
  private static NginxProcess stripping;
  private static NginxProcess keeping;
  private static NginxProcess plain;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    server =
        new RunningServer(
            vertx,
            dir.resolve("data"),
            Map.of(
                "CTA_HTTP_PUBLIC_URL", "http://cta.example.org/cta",
                "CTA_HTTP_TRUSTED_PROXIES", "127.0.0.1",
                // the tests' agents send no heartbeat; only the end of a link makes them offline
                "CTA_AGENTS_LEASE", "10m"));
    int port = URI.create(server.url()).getPort();
    String sample = sample();
    stripping = new NginxProcess(dir.resolve("stripping"), sample, port);
    keeping = new NginxProcess(dir.resolve("keeping"), sample.replace("8080/;", "8080;"), port);
    plain = new NginxProcess(dir.resolve("plain"), PLAIN, port);
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {stripping, keeping, plain}) {
      if (each != null) {
        each.close();
      }
    }
    if (server != null) {
      server.close();
    }
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whetherThePathIsKeptOrNotAPageCanLogInAndWatch(boolean kept) throws Exception {
    String url = (kept ? keeping : stripping).url() + "/cta";
    assertEquals(200, get(url + "/").statusCode());
    assertEquals(200, get(url + "/api").statusCode());
    assertTrue(get(url + "/api/openapi.json").body().contains("http://cta.example.org/cta/api/v1"));
    String cookie = cookie(url);
    feed(url, cookie, URI.create(url).resolve("/").toString().replaceAll("/$", "")).abort();
    feed(url, cookie, "http://cta.example.org").abort();
  }

  @Test
  void aFeedOfAForeignPageIsRefused() throws Exception {
    String url = stripping.url() + "/cta";
    String cookie = cookie(url);
    assertThrows(ExecutionException.class, () -> feed(url, cookie, "http://evil.example"));
  }

  @Test
  void behindPlainProxyPassRestWorksAndTheFeedSaysWhatIsWrong() throws Exception {
    String cookie = cookie(plain.url());
    assertThrows(
        ExecutionException.class, () -> feed(plain.url(), cookie, "http://cta.example.org"));
    HttpResponse<String> upgrade = get(plain.url() + "/api/v1/live?origin=http://cta.example.org");
    assertEquals(400, upgrade.statusCode());
    assertTrue(upgrade.body().contains("a proxy removed the upgrade"), upgrade.body());
    HttpResponse<String> origin = get(plain.url() + "/api/v1/live?origin=http://other.example");
    assertEquals(403, origin.statusCode());
    assertTrue(origin.body().contains("http://other.example"), origin.body());
    assertTrue(origin.body().contains("http.publicUrl"), origin.body());
  }

  @Test
  void feedAndAgentsOutliveAnIdleTimeOfThirtySeconds() throws Exception {
    String config = sample().replace("_timeout 60s", "_timeout 30s");
    int port = URI.create(server.url()).getPort();
    try (NginxProcess nginxProcess = new NginxProcess(dir.resolve("impatient"), config, port)) {
      String url = nginxProcess.url() + "/cta";
      LinkedAgent agent = server.agent(vertx, "build-1", URI.create(url));
      CountDownLatch pings = new CountDownLatch(2);
      WebSocket.Listener idle =
          new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
              pings.countDown();
              socket.request(1);
              return null;
            }
          };
      WebSocket feed = feed(url, cookie(url), "http://cta.example.org", idle);
      // the second comes after 40 s, over a connection that nginx would have ended after 30
      assertTrue(pings.await(60, TimeUnit.SECONDS), "the feed ended");
      assertEquals(
          "online",
          new JsonObject(server.get("/api/v1/machines/" + agent.machineId()).body())
              .getString("presence"));
      feed.abort();
      agent.close();
    }
  }

  @Test
  void badLoginsOfOneClientDoNotLockOutAnother() throws Exception {
    String url = stripping.url() + "/cta";
    for (int i = 0; i < 100; i++) {
      // a client's own X-Forwarded-For entry is not believed, so all logins are from one client
      login(url, "name" + i, "guessed wrong", "203.0.113." + i, "198.51.100.66");
    }
    assertEquals(429, login(url, "ada", "wrong", "203.0.113.1", "198.51.100.66").statusCode());
    HttpResponse<String> admin = login(url, "admin", RunningServer.PASSWORD, null, "198.51.100.67");
    assertEquals(200, admin.statusCode(), admin.body());
  }

  private static String cookie(String url) throws Exception {
    HttpResponse<String> in = login(url, "admin", RunningServer.PASSWORD, null, null);
    assertEquals(200, in.statusCode(), in.body());
    String cookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("cta_session="))
            .findFirst()
            .orElseThrow();
    assertTrue(cookie.contains("; Path=/cta;"), cookie);
    return cookie.split(";")[0];
  }

  /**
   * @param claimed an address the client itself writes into X-Forwarded-For; null for none
   * @param client the address that a proxy before nginx, also on loopback, adds; null for no proxy
   */
  private static HttpResponse<String> login(
      String url, String name, String password, String claimed, String client) throws Exception {
    JsonObject body = new JsonObject().put("name", name).put("password", password);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/login"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    if (client != null) {
      request.header("X-Forwarded-For", (claimed == null ? "" : claimed + ", ") + client);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static WebSocket feed(String url, String cookie, String origin) throws Exception {
    return feed(url, cookie, origin, new WebSocket.Listener() {});
  }

  private static WebSocket feed(
      String url, String cookie, String origin, WebSocket.Listener listener) throws Exception {
    return http.newWebSocketBuilder()
        .header("Cookie", cookie)
        .header("Origin", origin)
        .buildAsync(URI.create(url.replaceFirst("http", "ws") + "/api/v1/live"), listener)
        .get(20, TimeUnit.SECONDS);
  }

  /** The shipped sample configuration. */
  static String sample() throws IOException {
    return Files.readString(project("conf/deploy/nginx.conf"));
  }

  static Path project(String file) {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("conf/cta.yaml"))) {
      at = at.getParent();
    }
    return at.resolve(file);
  }
}
