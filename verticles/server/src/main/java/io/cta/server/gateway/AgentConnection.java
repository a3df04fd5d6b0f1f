package io.cta.server.gateway;

import java.time.Instant;

/** Who is at the door: a machine, one start of its agent, and where it calls from. */
record AgentConnection(
    String machineId, String name, String session, String address, Instant since) {
  @Override
  public String toString() {
    return "machine: " + machineId + ", session: " + session + ", address: " + address;
  }
}
