package io.cta.server.registration;

import java.time.Duration;

/**
 * How registration behaves.
 *
 * @param lease how long a machine may be silent before its tasks are given up
 * @param sweep between two looks at leases and quarantines
 * @param announce at least this long between two announcements that only say a machine's load
 * @param store at most this long between two writes of when a machine was last seen
 */
public record RegistrationSettings(
    Duration lease, Duration sweep, Duration announce, Duration store) {
  public static final RegistrationSettings DEFAULT =
      new RegistrationSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofMinutes(1));
}
