package io.cta.bench.chaos;

import io.cta.bench.fleet.Api;
import io.cta.bench.fleet.Fleet;
import io.cta.bench.fleet.RealBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One server, its agents, and the broker beside it when that is a process of its own; then the last
 * agent uses the broker itself, the others the server's gateway.
 */
final class SingleServer implements Topology {
  private static final String SERVER = "server";
  private static final String SLOTS = "2";

  private final Fleet fleet;
  private final List<String> agents;
  private final RealBroker broker;

  /**
   * @param broker running, and closed by whoever started it; null for the server's own
   */
  SingleServer(Path dir, int port, int agents, RealBroker broker) {
    this.broker = broker;
    this.agents = new ArrayList<>();
    for (int i = 1; i <= agents; i++) {
      this.agents.add("agent-" + i);
    }
    fleet =
        new Fleet(dir, port)
            .serverEnv(broker == null ? Map.of() : broker.serverEnv())
            .serverEnv(Map.of("CTA_LOG_LEVEL", "INFO"))
            .agentEnv(Map.of("CTA_AGENT_LOG_LEVEL", "DEBUG", "CTA_AGENT_SLOTS", SLOTS));
  }

  @Override
  public void start() {
    fleet.startServer();
    agents.forEach(this::startAgent);
    fleet.online(agents.size());
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new ProcessPart(SERVER, Role.SERVER, fleet::server, fleet::startServer));
    for (String agent : agents) {
      parts.add(
          new ProcessPart(
              agent,
              Role.AGENT,
              () -> fleet.agent(agent),
              () -> startAgent(agent).registered(agent)));
    }
    if (broker != null) {
      parts.add(new BrokerPart(broker));
    }
    return parts;
  }

  private Fleet startAgent(String name) {
    boolean direct = broker != null && name.equals(agents.get(agents.size() - 1));
    return fleet.startAgent(name, direct ? broker.agentEnv() : Map.of());
  }

  @Override
  public Api api() {
    return fleet.api;
  }

  @Override
  public Map<String, Path> serverLogs() {
    return Map.of(SERVER, fleet.logOf(SERVER));
  }

  @Override
  public Map<String, Path> agentLogs() {
    Map<String, Path> logs = new LinkedHashMap<>();
    agents.forEach(agent -> logs.put(agent, fleet.logOf(agent)));
    return logs;
  }

  @Override
  public Map<String, Path> agentJournals() {
    Map<String, Path> journals = new LinkedHashMap<>();
    agents.forEach(agent -> journals.put(agent, fleet.dataOf(agent).resolve("tasks")));
    return journals;
  }

  @Override
  public void close() {
    fleet.close();
  }
}
