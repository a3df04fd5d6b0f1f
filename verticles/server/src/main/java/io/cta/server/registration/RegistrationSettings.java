package io.cta.server.registration;

import java.time.Duration;

/**
 * Timing of registration.
 *
 * @param lease how long a machine may be silent before its tasks are given up
 * @param sweep between two checks of leases and quarantines
 * @param announce least time between two announcements that only report a machine's load
 * @param store most time between two writes of a machine's last-seen time
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
