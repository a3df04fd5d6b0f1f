package io.cta.server.dashboard;

import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.launch.CtaServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A whole server on its own port. Test thread only. */
public final class RunningServer {
  public static final String PASSWORD = "a password for tests";
  private static final String ADMIN_TOKEN = "an-admin-token-for-tests-0123456789abcdef";
  private static final String REGISTRATION = "a-registration-token-for-tests-0123456789";

  private final HttpClient http = HttpClient.newHttpClient();
  private final CtaServer server;

  RunningServer(Vertx vertx, Path data) throws Exception {
    this(vertx, data, Map.of());
  }

  /**
   * @param more additional environment variables, such as those of another store
   */
  public RunningServer(Vertx vertx, Path data, Map<String, String> more) throws Exception {
    Map<String, String> env = new HashMap<>(more);
    env.put("CTA_DATA", data.toString());
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.putIfAbsent("CTA_HTTP_PORT", "0");
    env.put("CTA_SECURITY_ADMIN_PASSWORD", PASSWORD);
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN_TOKEN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    ConfigResult.Loaded loaded = (ConfigResult.Loaded) ConfigLoader.load(Optional.empty(), env);
    server = CtaServer.start(vertx, loaded.config()).await(60, TimeUnit.SECONDS);
  }

  public String url() {
    return server.url();
  }

  public LinkedAgent agent(Vertx vertx, String name) throws Exception {
    return agent(vertx, name, URI.create(url()));
  }

  /**
   * @param by the address that the agent's link connects to
   */
  public LinkedAgent agent(Vertx vertx, String name, URI by) throws Exception {
    JsonObject body = new JsonObject().put("name", name).put("hostname", "host-of-" + name);
    JsonObject enrolled = post("/agents/enrol", REGISTRATION, body);
    LinkedAgent agent = new LinkedAgent(vertx, name);
    agent.connect(by, enrolled);
    return agent;
  }

  public JsonObject post(String path, JsonObject body) throws Exception {
    return post(path, ADMIN_TOKEN, body);
  }

  /** The response to the administrator's GET, whatever its status. */
  public HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The response to a login, whatever its status. */
  public HttpResponse<String> login(JsonObject body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/api/v1/login"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public void close() throws Exception {
    server.close().await(60, TimeUnit.SECONDS);
  }

  /** The response to the administrator's POST, whatever its status. */
  public HttpResponse<String> send(String path, JsonObject body) throws Exception {
    return send(path, ADMIN_TOKEN, body);
  }

  private JsonObject post(String path, String token, JsonObject body) throws Exception {
    HttpResponse<String> response = send(path, token, body);
    if (response.statusCode() >= 300) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  private HttpResponse<String> send(String path, String token, JsonObject body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
