package io.cta.server.api;

import java.time.Duration;

/**
 * Limits of the API, and what it tells agents.
 *
 * @param maxBody bytes of a request's body
 * @param maxFollowers logs that are followed at a time
 * @param heartbeat how often an agent that enrols is to say that it lives
 * @param secureCookies true when browsers reach the server by https only
 */
public record ApiSettings(
    long maxBody, int maxFollowers, Duration heartbeat, boolean secureCookies) {
  public static final ApiSettings DEFAULTS =
      new ApiSettings(8 * 1024 * 1024, 500, Duration.ofSeconds(5), false);
}
