package io.cta.bench.fleet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts one or several servers and agents, each as a process that can be killed and started again.
 */
public final class ProcessFleet implements AutoCloseable {
  private static final String ADMIN = "e2e-admin-token-0123456789abcdef0123456789";
  private static final String REGISTRATION = "e2e-registration-token-0123456789abcdef01";

  /** A client that asks the servers in turn and skips those that are down. */
  public final BlockingApiClient api;

  private final Path dir;
  private final List<ServerNode> servers = new ArrayList<>();
  private final List<String> serve = new ArrayList<>(List.of("serve"));
  private final Map<String, String> serverEnv = new HashMap<>();
  private final Map<String, String> agentEnv = new HashMap<>();
  private final Map<String, JavaProcess> agents = new ConcurrentHashMap<>();

  /** Proxies by the name of the server behind them; empty by default. */
  private final Map<String, GatewayProxy> proxies = new LinkedHashMap<>();

  private BlockingApiClient proxied;

  /** Makes a fleet with one server, which is no cluster. */
  public ProcessFleet(Path dir) {
    this(dir, List.of("server"));
  }

  private ProcessFleet(Path dir, List<String> names) {
    this.dir = dir;
    names.forEach(name -> servers.add(new ServerNode(dir, name, ADMIN)));
    api = new BlockingApiClient(servers.stream().map(ServerNode::url).toList(), ADMIN);
    serverEnv.put("CTA_HTTP_HOST", "127.0.0.1");
    serverEnv.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    serverEnv.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    serverEnv.put("CTA_AGENTS_HEARTBEAT", "1s");
    serverEnv.put("CTA_AGENTS_LEASE", "5s");
  }

  /**
   * Makes a fleet with a cluster of servers. They need a store and a broker that they can share.
   */
  public static ProcessFleet cluster(Path dir, int size) {
    ProcessFleet fleet =
        new ProcessFleet(dir, IntStream.rangeClosed(1, size).mapToObj(i -> "server-" + i).toList());
    fleet.serve.add("--cluster");
    String members =
        fleet.servers.stream().map(ServerNode::clusterAddress).collect(Collectors.joining(","));
    return fleet.serverEnv(
        Map.of(
            "CTA_CLUSTER_HOST", "127.0.0.1",
            "CTA_CLUSTER_MEMBERS", members,
            "CTA_CLUSTER_DEAD_AFTER", "4s"));
  }

  /** Adds variables for every server that is started from now on. */
  public ProcessFleet serverEnv(Map<String, String> more) {
    serverEnv.putAll(more);
    return this;
  }

  /** Adds variables for every agent that is started from now on. */
  public ProcessFleet agentEnv(Map<String, String> more) {
    agentEnv.putAll(more);
    return this;
  }

  /** The token of who may do everything. */
  public String adminToken() {
    return ADMIN;
  }

  public String url() {
    return servers.get(0).url();
  }

  public List<ServerNode> servers() {
    return List.copyOf(servers);
  }

  /** Starts every server; returns when each works and sees all others. */
  public ProcessFleet startServers() {
    servers.forEach(this::launch);
    servers.forEach(node -> node.sees(servers.size()));
    return this;
  }

  /** Starts a server, usually one that was killed; returns when it works. */
  public void start(ServerNode node) {
    launch(node);
    node.ready();
  }

  public ProcessFleet startAgent(String name, String... more) {
    return startAgent(name, Map.of(), more);
  }

  /**
   * @param env variables of this agent, in addition to those of all agents
   */
  public ProcessFleet startAgent(String name, Map<String, String> env, String... more) {
    Map<String, String> all = new HashMap<>(agentEnv);
    all.putAll(env);
    List<String> args = new ArrayList<>(List.of("--server", urls(), "--token", REGISTRATION));
    args.addAll(List.of("--name", name, "--data", dir.resolve(name).toString()));
    args.addAll(List.of(more));
    agents.put(name, new JavaProcess(ShippedJars.AGENT, logOf(name), all, args));
    return this;
  }

  /** Waits until the agent that was started last under that name is registered. */
  public ProcessFleet registered(String name) {
    JavaProcess agent = agents.get(name);
    ConditionPoller.holds(
        "agent " + name,
        ServerNode.START,
        agent::newOutput,
        text -> text.contains(" registered ["));
    return this;
  }

  /** Waits until this many machines are online. */
  public ProcessFleet online(int count) {
    ConditionPoller.holds(
        count + " machines online",
        ServerNode.START,
        () -> api.all("/api/v1/machines?presence=online").size(),
        n -> n == count);
    return this;
  }

  /** Puts a proxy before each server, for agents that start from now on and for {@link #api()}. */
  public ProcessFleet withProxies() {
    servers.forEach(node -> proxies.put(node.name(), new GatewayProxy(node.port())));
    proxied = new BlockingApiClient(addresses(), ADMIN);
    return this;
  }

  public Map<String, GatewayProxy> proxies() {
    return Map.copyOf(proxies);
  }

  /** Returns a client that goes through the proxies, if there are any. */
  public BlockingApiClient api() {
    return proxied == null ? api : proxied;
  }

  /** Returns the process of the first server. */
  public JavaProcess server() {
    return servers.get(0).process();
  }

  public JavaProcess agent(String name) {
    return agents.get(name);
  }

  /** Returns the file with the output of all processes that ran as this agent. */
  public Path logOf(String agent) {
    return dir.resolve(agent + ".log");
  }

  public Path dataOf(String agent) {
    return dir.resolve(agent);
  }

  /**
   * Applies a suite of shell tests (name, script, name, script, …), a configuration, and a scenario
   * of both.
   */
  public void define(String scenario, String mode, JsonObject timeouts, JsonArray tests) {
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

  public static JsonArray tests(JsonObject... tests) {
    return new JsonArray(List.of((Object[]) tests));
  }

  public static JsonObject test(String name, String script) {
    return new JsonObject()
        .put("name", name)
        .put("stages", new JsonArray().add(new JsonObject().put("run", script)));
  }

  @Override
  public void close() {
    agents.values().forEach(JavaProcess::close);
    servers.forEach(ServerNode::close);
    proxies.values().forEach(GatewayProxy::close);
  }

  private void launch(ServerNode node) {
    node.start(serverEnv, serve);
  }

  private String urls() {
    return String.join(",", addresses());
  }

  private List<String> addresses() {
    return proxies.isEmpty()
        ? servers.stream().map(ServerNode::url).toList()
        : proxies.values().stream().map(GatewayProxy::url).toList();
  }
}
