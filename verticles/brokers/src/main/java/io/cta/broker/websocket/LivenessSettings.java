package io.cta.broker.websocket;

import java.time.Duration;

/**
 * How a side finds out that the other is dead.
 *
 * @param ping how often it looks whether anything was heard since, and pings when nothing was: so
 *     the other side is silent for twice as long at most while it lives
 * @param deadline how long it may be silent
 */
public record LivenessSettings(Duration ping, Duration deadline) {
  /** The agent's: short, because the agent is the side that connects again. */
  public static final LivenessSettings LINK =
      new LivenessSettings(Duration.ofSeconds(5), Duration.ofSeconds(15));

  /** The server's: longer, because it may have thousands of links. */
  public static final LivenessSettings GATEWAY =
      new LivenessSettings(Duration.ofSeconds(10), Duration.ofSeconds(30));
}
