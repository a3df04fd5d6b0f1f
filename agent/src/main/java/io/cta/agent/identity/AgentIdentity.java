package io.cta.agent.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity that the server gave this agent.
 *
 * @param token the agent's own, which opens the link; replaced at each connection
 * @param heartbeat how often the server expects a heartbeat
 * @param earlier the latest tokens before this one, newest first
 */
public record AgentIdentity(
    String machineId, String token, Duration heartbeat, List<String> earlier) {
  private static final int MAX_EARLIER = 10;
  private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);

  public AgentIdentity {
    heartbeat = heartbeat == null || heartbeat.isZero() ? DEFAULT_HEARTBEAT : heartbeat;
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  /** The same identity with its next token. */
  AgentIdentity renewed(String next) {
    List<String> before = new ArrayList<>(earlier);
    before.add(0, token);
    return new AgentIdentity(
        machineId, next, heartbeat, before.subList(0, Math.min(MAX_EARLIER, before.size())));
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "machine " + machineId;
  }
}
