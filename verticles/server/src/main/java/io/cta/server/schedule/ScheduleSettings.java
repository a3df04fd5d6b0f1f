package io.cta.server.schedule;

import java.time.Duration;

/**
 * How schedules are looked at.
 *
 * @param tick between two looks at what is due
 * @param scan between two looks at the scenarios' own rules
 */
public record ScheduleSettings(Duration tick, Duration scan) {
  public static final ScheduleSettings DEFAULT =
      new ScheduleSettings(Duration.ofSeconds(1), Duration.ofSeconds(10));
}
