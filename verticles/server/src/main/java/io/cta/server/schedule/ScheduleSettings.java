package io.cta.server.schedule;

import java.time.Duration;

/**
 * Timing of schedules.
 *
 * @param tick between two checks for due schedules
 * @param scan between two scans of the scenarios' own rules
 */
public record ScheduleSettings(Duration tick, Duration scan) {
  public static final ScheduleSettings DEFAULT =
      new ScheduleSettings(Duration.ofSeconds(1), Duration.ofSeconds(10));
}
