package io.cta.e2e;

import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server and agents, each a process of its own, that can be killed and started again. */
final class Fleet implements AutoCloseable {
  private static final String ADMIN = "e2e-admin-token-0123456789abcdef0123456789";
  private static final String REGISTRATION = "e2e-registration-token-0123456789abcdef01";

  final Api api;
  private final Path dir;
  private final int port = KeptPort.next();
  private final Map<String, String> serverEnv = new HashMap<>();
  private final Map<String, JavaProcess> agents = new HashMap<>();
  private JavaProcess server;

  Fleet(Path dir) {
    this(dir, Map.of());
  }

  /**
   * @param more variables of the server
   */
  Fleet(Path dir, Map<String, String> more) {
    this.dir = dir;
    serverEnv.putAll(more);
    serverEnv.put("CTA_HTTP_HOST", "127.0.0.1");
    serverEnv.put("CTA_HTTP_PORT", String.valueOf(port));
    serverEnv.put("CTA_DATA", dir.resolve("server").toString());
    serverEnv.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    serverEnv.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    serverEnv.put("CTA_AGENTS_HEARTBEAT", "1s");
    serverEnv.put("CTA_AGENTS_LEASE", "5s");
    api = new Api(url(), ADMIN);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Fleet startServer() {
    server = new JavaProcess(Jars.SERVER, dir.resolve("server.log"), serverEnv, List.of("serve"));
    Until.holds("the server", Duration.ofSeconds(60), this::ready, ok -> ok);
    return this;
  }

  Fleet startAgent(String name, String... more) {
    return startAgent(name, Map.of(), more);
  }

  /**
   * @param env variables of the agent
   */
  Fleet startAgent(String name, Map<String, String> env, String... more) {
    List<String> args = new ArrayList<>(List.of("--server", url(), "--token", REGISTRATION));
    args.addAll(List.of("--name", name, "--data", dir.resolve(name).toString()));
    args.addAll(List.of(more));
    agents.put(name, new JavaProcess(Jars.AGENT, dir.resolve(name + ".log"), env, args));
    return this;
  }

  /** Waits until that many machines are online. */
  Fleet online(int count) {
    Until.holds(
        count + " machines online",
        Duration.ofSeconds(60),
        () -> api.all("/api/v1/machines?presence=online").size(),
        n -> n == count);
    return this;
  }

  JavaProcess server() {
    return server;
  }

  JavaProcess agent(String name) {
    return agents.get(name);
  }

  Path dataOf(String agent) {
    return dir.resolve(agent);
  }

  /** Applies a suite of shell tests (name, script, …), a configuration and a scenario of it. */
  void define(String scenario, String mode, JsonObject timeouts, JsonArray tests) {
    define(api, scenario, mode, timeouts, tests);
  }

  static void define(Api api, String scenario, String mode, JsonObject timeouts, JsonArray tests) {
    api.apply(
        new JsonObject().put("kind", "TestSuite").put("name", scenario).put("tests", tests),
        new JsonObject().put("kind", "Configuration").put("name", scenario).put("mode", mode),
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", scenario)
            .put("suite", scenario)
            .put("configuration", scenario)
            .put("timeouts", timeouts));
  }

  static JsonObject test(String name, String script) {
    return new JsonObject()
        .put("name", name)
        .put("stages", new JsonArray().add(new JsonObject().put("run", script)));
  }

  @Override
  public void close() {
    agents.values().forEach(JavaProcess::close);
    if (server != null) {
      server.close();
    }
  }

  private boolean ready() {
    if (!server.alive()) {
      throw new AssertionError("the server ended:\n" + server.output());
    }
    try {
      return api.send("GET", "/health/ready", null).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
