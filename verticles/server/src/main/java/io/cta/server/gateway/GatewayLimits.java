package io.cta.server.gateway;

import io.cta.broker.websocket.LivenessSettings;
import java.time.Duration;

/**
 * Limits of one agent session.
 *
 * @param publishes in flight; above this the socket is not read
 * @param publishBytes bytes in flight; above this the socket is not read
 * @param subscriptions open at the same time
 * @param prefetch most unsettled deliveries per subscription, whatever the agent asks for
 * @param probe how long the old session has to answer before another session takes its place
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
