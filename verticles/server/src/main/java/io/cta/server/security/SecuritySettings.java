package io.cta.server.security;

import java.time.Duration;

/**
 * The operator's settings for access control; null for a value that is not set.
 *
 * @param adminPassword of the user {@code admin} that the first start creates; null for a one-time
 *     link
 * @param adminToken raw form of an api token with role admin
 * @param registrationToken raw form of a token with which agents enrol; null for a generated one
 * @param session how long a login lasts
 * @param secureCookies true when browsers reach the server by https only
 */
public record SecuritySettings(
    String adminPassword,
    String adminToken,
    String registrationToken,
    Duration session,
    boolean secureCookies) {
  public static final SecuritySettings DEFAULTS =
      new SecuritySettings(null, null, null, Duration.ofHours(12), false);
}
