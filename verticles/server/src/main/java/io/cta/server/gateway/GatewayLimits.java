package io.cta.server.gateway;

import io.cta.broker.websocket.LivenessSettings;
import java.time.Duration;

/**
 * The bounds of a session.
 *
 * @param publishes in flight before its socket is no longer read
 * @param publishBytes the same in bytes
 * @param subscriptions at a time
 * @param prefetch deliveries at a time, whatever the agent asks for
 * @param probe how long a session that is to be replaced has to answer
 */
public record GatewayLimits(
    LivenessSettings liveness,
    int publishes,
    long publishBytes,
    int subscriptions,
    int prefetch,
    Duration probe) {
  public static final GatewayLimits STANDARD =
      new GatewayLimits(LivenessSettings.GATEWAY, 1000, 8 << 20, 2000, 256, Duration.ofSeconds(2));

  public GatewayLimits with(LivenessSettings other) {
    return new GatewayLimits(other, publishes, publishBytes, subscriptions, prefetch, probe);
  }

  public GatewayLimits withPublishes(int inFlight) {
    return new GatewayLimits(liveness, inFlight, publishBytes, subscriptions, prefetch, probe);
  }
}
