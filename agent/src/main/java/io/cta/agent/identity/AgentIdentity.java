package io.cta.agent.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the server says this agent is.
 *
 * @param token the agent's own, by which the link is opened; another one at each connection
 * @param heartbeat how often the server wants to hear of it
 * @param earlier the latest tokens before this one, newest first
 */
public record AgentIdentity(
    String machineId, String token, Duration heartbeat, List<String> earlier) {
  private static final int EARLIER = 10;
  private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);

  public AgentIdentity {
    heartbeat = heartbeat == null || heartbeat.isZero() ? DEFAULT_HEARTBEAT : heartbeat;
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  /** With the token that follows. */
  AgentIdentity renewed(String next) {
    List<String> before = new ArrayList<>(earlier);
    before.add(0, token);
    return new AgentIdentity(
        machineId, next, heartbeat, before.subList(0, Math.min(EARLIER, before.size())));
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "machine " + machineId;
  }
}
