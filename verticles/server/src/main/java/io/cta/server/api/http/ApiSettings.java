package io.cta.server.api.http;

import io.cta.server.http.HttpLimits;
import io.cta.server.http.PublicAddress;
import java.time.Duration;

/**
 * Limits of the API, and what it tells agents.
 *
 * @param maxBody bytes of a request's body
 * @param maxFollowers logs that are followed at a time
 * @param heartbeat how often an agent that enrols is to say that it lives
 * @param secureCookies true when browsers reach the server by https only
 * @param address where people reach the API
 * @param limits how many bodies are taken in at a time
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
