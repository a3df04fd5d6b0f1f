package io.cta.bench.chaos;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.FakeClock;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ServerNode;
import io.cta.bench.fleet.SmallDisk;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Starts a fleet and offers its parts for faults: the servers, the agents, and the broker if that
 * is a process of its own. The last agent uses such a broker directly, the others use a server's
 * gateway.
 */
final class TargetFleet implements AutoCloseable {
  private static final String SLOTS = "2";

  /** The size of a server's disk: several times what a server writes in ten minutes. */
  private static final int SERVER_MEGABYTES = 1_024;

  private static final int AGENT_MEGABYTES = 256;

  private final ProcessFleet fleet;
  private final List<String> agents;
  private final BrokerProcess broker;

  /** Clocks by the name of the part; empty if clocks are not set. */
  private final Map<String, FakeClock> clocksOf = new HashMap<>();

  /** Disks by the name of the part; empty if disks are not filled. */
  private final Map<String, SmallDisk> disksOf = new HashMap<>();

  /**
   * @param fleet fleet that was not started; it is closed together with this
   * @param clocks directory for the parts' own clocks; null if all use the machine's clock
   * @param broker running broker, which its owner closes; null for the server's embedded broker
   */
  TargetFleet(ProcessFleet fleet, int agents, BrokerProcess broker, Path clocks) {
    this.broker = broker;
    this.agents = IntStream.rangeClosed(1, agents).mapToObj(i -> "agent-" + i).toList();
    this.fleet =
        fleet
            .serverEnv(broker == null ? Map.of() : broker.serverEnv())
            .serverEnv(Map.of("CTA_LOG_LEVEL", "INFO"))
            .agentEnv(Map.of("CTA_AGENT_LOG_LEVEL", "DEBUG", "CTA_AGENT_SLOTS", SLOTS));
    if (clocks != null) {
      makeClocks(FakeClock.library().orElseThrow(), clocks);
    }
  }

  private void makeClocks(Path library, Path dir) {
    for (ServerNode node : fleet.servers()) {
      FakeClock clock = new FakeClock(library, dir.resolve(node.name() + ".clock"));
      node.env(clock.env());
      clocksOf.put(node.name(), clock);
    }
    for (String agent : agents) {
      clocksOf.put(agent, new FakeClock(library, dir.resolve(agent + ".clock")));
    }
  }

  /** Gives every part a disk of its own that can be filled. Call it before the parts start. */
  TargetFleet withDisks() throws IOException {
    for (ServerNode node : fleet.servers()) {
      disksOf.put(node.name(), new SmallDisk(node.data(), SERVER_MEGABYTES));
    }
    for (String agent : agents) {
      disksOf.put(agent, new SmallDisk(fleet.dataOf(agent), AGENT_MEGABYTES));
    }
    return this;
  }

  /** Puts a proxy before each server for agents and people. Call it before the parts start. */
  TargetFleet withProxies() {
    fleet.withProxies();
    return this;
  }

  /** Starts every part; returns when the servers work and the agents are online. */
  void start() {
    fleet.startServers();
    agents.forEach(this::startAgent);
    fleet.online(agents.size());
  }

  /** The parts into which faults may be injected. */
  List<FaultTarget> parts() {
    List<FaultTarget> parts = new ArrayList<>();
    for (ServerNode node : fleet.servers()) {
      parts.add(
          new ProcessTarget(
              node.name(),
              TargetRole.SERVER,
              node::process,
              () -> fleet.start(node),
              clocksOf.get(node.name()),
              disksOf.get(node.name())));
    }
    for (String agent : agents) {
      parts.add(
          new ProcessTarget(
              agent,
              TargetRole.AGENT,
              () -> fleet.agent(agent),
              () -> startAgent(agent).registered(agent),
              clocksOf.get(agent),
              disksOf.get(agent)));
    }
    if (broker != null) {
      parts.add(new BrokerTarget(broker));
    }
    fleet.proxies().forEach((name, proxy) -> parts.add(new ProxyTarget("proxy-" + name, proxy)));
    return parts;
  }

  BlockingApiClient api() {
    return fleet.api();
  }

  /** Returns how many messages the servers have dead-lettered since each of them was started. */
  long deadLettered() {
    return fleet.servers().stream()
        // a server that is not ready, because its broker is just coming back, says the number too
        .map(node -> node.api.send("GET", "/health/ready", null).body())
        .mapToLong(body -> new JsonObject(body).getLong("deadLettered"))
        .sum();
  }

  /** The files with the output of the servers, by the name of the part. */
  Map<String, Path> serverLogs() {
    Map<String, Path> logs = new LinkedHashMap<>();
    fleet.servers().forEach(node -> logs.put(node.name(), node.log()));
    return logs;
  }

  Map<String, Path> agentLogs() {
    Map<String, Path> logs = new LinkedHashMap<>();
    agents.forEach(agent -> logs.put(agent, fleet.logOf(agent)));
    return logs;
  }

  /** The journal directories of the agents, by the name of the agent. */
  Map<String, Path> agentJournals() {
    Map<String, Path> journals = new LinkedHashMap<>();
    agents.forEach(agent -> journals.put(agent, fleet.dataOf(agent).resolve("tasks")));
    return journals;
  }

  @Override
  public void close() {
    fleet.close();
    disksOf.values().forEach(SmallDisk::close);
  }

  private ProcessFleet startAgent(String name) {
    boolean direct = broker != null && name.equals(agents.get(agents.size() - 1));
    Map<String, String> env = new HashMap<>(direct ? broker.agentEnv() : Map.of());
    if (clocksOf.containsKey(name)) {
      env.putAll(clocksOf.get(name).env());
    }
    return fleet.startAgent(name, env);
  }
}
