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
 * A fleet as something to be hit: its servers, its agents, and the broker beside them when that is
 * a process of its own; then the last agent uses the broker itself, the others a server's gateway.
 */
final class TargetFleet implements AutoCloseable {
  private static final String SLOTS = "2";

  /** Of a server's disk: what ten minutes write, several times over. */
  private static final int SERVER_MEGABYTES = 1_024;

  private static final int AGENT_MEGABYTES = 256;

  private final ProcessFleet fleet;
  private final List<String> agents;
  private final BrokerProcess broker;

  /** By the name of the part; none when clocks are not set. */
  private final Map<String, FakeClock> clocksOf = new HashMap<>();

  /** By the name of the part; none when disks are not filled. */
  private final Map<String, SmallDisk> disksOf = new HashMap<>();

  /**
   * @param fleet not started; closed with this
   * @param clocks directory for clocks of the parts that can be set; null for the machine's own
   * @param broker running, and closed by whoever started it; null for the server's own
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

  /** Gives every part a disk of its own that can be filled. Before they start. */
  TargetFleet withDisks() throws IOException {
    for (ServerNode node : fleet.servers()) {
      disksOf.put(node.name(), new SmallDisk(node.data(), SERVER_MEGABYTES));
    }
    for (String agent : agents) {
      disksOf.put(agent, new SmallDisk(fleet.dataOf(agent), AGENT_MEGABYTES));
    }
    return this;
  }

  /** Has agents and people reach each server by a proxy. Before they start. */
  TargetFleet withProxies() {
    fleet.withProxies();
    return this;
  }

  /** Starts every part; returns when all work and the agents are online. */
  void start() {
    fleet.startServers();
    agents.forEach(this::startAgent);
    fleet.online(agents.size());
  }

  /** What may be hit. */
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

  /** What the servers have dead-lettered since each was started. */
  long deadLettered() {
    return fleet.servers().stream()
        // a server whose broker is just coming back is not ready, and says the number all the same
        .map(node -> node.api.send("GET", "/health/ready", null).body())
        .mapToLong(body -> new JsonObject(body).getLong("deadLettered"))
        .sum();
  }

  /** What servers have printed, by the name of the part. */
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

  /** Where agents keep a directory for each attempt that is not told to its end. */
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
