package io.cta.server.gateway;

import java.time.Instant;

/** An agent that connects: its machine, its session (one start of the agent) and its address. */
record AgentConnection(
    String machineId, String name, String session, String address, Instant since) {
  @Override
  public String toString() {
    return "machine: " + machineId + ", session: " + session + ", address: " + address;
  }
}
