package io.cta.server.api.http;

import io.cta.server.http.HttpLimits;
import io.cta.server.http.PublicAddress;
import java.time.Duration;

/**
 * Limits of the API, and settings that it passes to agents.
 *
 * @param maxBody most bytes of a request's body
 * @param maxFollowers most logs that are followed at a time
 * @param heartbeat interval of heartbeats for an agent that enrols
 * @param secureCookies true when browsers reach the server by https only
 * @param address where people reach the API
 * @param limits how many bodies are read at a time
 */
public record ApiSettings(
    long maxBody,
    int maxFollowers,
    Duration heartbeat,
    boolean secureCookies,
    PublicAddress address,
    HttpLimits limits) {
  public static final ApiSettings DEFAULTS =
      new ApiSettings(
          8 * 1024 * 1024,
          500,
          Duration.ofSeconds(5),
          false,
          PublicAddress.NONE,
          HttpLimits.DEFAULT);
}
