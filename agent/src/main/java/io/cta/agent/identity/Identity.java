package io.cta.agent.identity;

import java.time.Duration;

/**
 * Who the server says this agent is.
 *
 * @param token the agent's own, by which the link is opened
 * @param heartbeat how often the server wants to hear of it
 */
public record Identity(String machineId, String token, Duration heartbeat) {
  private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);

  public Identity {
    heartbeat = heartbeat == null || heartbeat.isZero() ? DEFAULT_HEARTBEAT : heartbeat;
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "machine " + machineId;
  }
}
