package io.cta.bench.fleet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server and agents, each a process of its own, that can be killed and started again. */
public final class Fleet implements AutoCloseable {
  private static final String ADMIN = "e2e-admin-token-0123456789abcdef0123456789";
  private static final String REGISTRATION = "e2e-registration-token-0123456789abcdef01";

  /** On a busy machine, and with what it waits for being started as well. */
  private static final Duration START = Duration.ofMinutes(3);

  public final Api api;
  private final Path dir;
  private final int port;
  private final Map<String, String> serverEnv = new HashMap<>();
  private final Map<String, String> agentEnv = new HashMap<>();
  private final Map<String, JavaProcess> agents = new ConcurrentHashMap<>();
  private JavaProcess server;

  /**
   * @param port of the server, which comes back to it: one that nobody else gets meanwhile
   */
  public Fleet(Path dir, int port) {
    this.dir = dir;
    this.port = port;
    serverEnv.put("CTA_HTTP_HOST", "127.0.0.1");
    serverEnv.put("CTA_HTTP_PORT", String.valueOf(port));
    serverEnv.put("CTA_DATA", dir.resolve("server").toString());
    serverEnv.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    serverEnv.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    serverEnv.put("CTA_AGENTS_HEARTBEAT", "1s");
    serverEnv.put("CTA_AGENTS_LEASE", "5s");
    api = new Api(url(), ADMIN);
  }

  /** Variables for every server that is started from now on. */
  public Fleet serverEnv(Map<String, String> more) {
    serverEnv.putAll(more);
    return this;
  }

  /** Variables for every agent that is started from now on. */
  public Fleet agentEnv(Map<String, String> more) {
    agentEnv.putAll(more);
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Fleet startServer() {
    server = new JavaProcess(Jars.SERVER, logOf("server"), serverEnv, List.of("serve"));
    Until.holds("the server", START, this::ready, ok -> ok);
    return this;
  }

  public Fleet startAgent(String name, String... more) {
    return startAgent(name, Map.of(), more);
  }

  /**
   * @param env variables of the agent, besides those of all
   */
  public Fleet startAgent(String name, Map<String, String> env, String... more) {
    Map<String, String> all = new HashMap<>(agentEnv);
    all.putAll(env);
    List<String> args = new ArrayList<>(List.of("--server", url(), "--token", REGISTRATION));
    args.addAll(List.of("--name", name, "--data", dir.resolve(name).toString()));
    args.addAll(List.of(more));
    agents.put(name, new JavaProcess(Jars.AGENT, logOf(name), all, args));
    return this;
  }

  /** Waits until the agent that was started last under that name is registered. */
  public Fleet registered(String name) {
    JavaProcess agent = agents.get(name);
    Until.holds("agent " + name, START, agent::newOutput, text -> text.contains(" registered ["));
    return this;
  }

  /** Waits until that many machines are online. */
  public Fleet online(int count) {
    Until.holds(
        count + " machines online",
        START,
        () -> api.all("/api/v1/machines?presence=online").size(),
        n -> n == count);
    return this;
  }

  public JavaProcess server() {
    return server;
  }

  public JavaProcess agent(String name) {
    return agents.get(name);
  }

  /** What the server, or an agent, has printed in all of its lives. */
  public Path logOf(String name) {
    return dir.resolve(name + ".log");
  }

  public Path dataOf(String agent) {
    return dir.resolve(agent);
  }

  /** Applies a suite of shell tests (name, script, …), a configuration and a scenario of it. */
  public void define(String scenario, String mode, JsonObject timeouts, JsonArray tests) {
    define(api, scenario, mode, timeouts, tests);
  }

  public static void define(
      Api api, String scenario, String mode, JsonObject timeouts, JsonArray tests) {
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

  public static JsonObject test(String name, String script) {
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
