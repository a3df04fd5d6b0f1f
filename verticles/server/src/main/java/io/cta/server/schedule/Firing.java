package io.cta.server.schedule;

import io.cta.domain.Schedule;
import java.time.Instant;

/**
 * What is due for a schedule.
 *
 * @param next the schedule as it is to be stored
 * @param fires true when its scenario is to be started
 */
record Firing(Schedule next, boolean fires) {
  /**
   * Decides; a stored instant that the rule does not mean stems from an earlier rule and only gets
   * replaced. However many instants were missed, it fires once.
   */
  static Firing of(Schedule s, Instant now) {
    CronTimes times = CronTimes.of(s.cron(), s.zone());
    boolean fires = s.nextAt() != null && !s.nextAt().isAfter(now) && times.means(s.nextAt());
    return new Firing(at(s, times.after(now).orElse(null)), fires);
  }

  /** The schedule switched off: its rule cannot be read, or never comes true again. */
  static Schedule off(Schedule s) {
    return copy(s, false, null);
  }

  private static Schedule at(Schedule s, Instant nextAt) {
    return copy(s, s.enabled() && nextAt != null, nextAt);
  }

  private static Schedule copy(Schedule s, boolean enabled, Instant nextAt) {
    return new Schedule(
        s.id(),
        s.name(),
        s.scenario(),
        s.cron(),
        s.zone(),
        enabled,
        nextAt,
        s.createdAt(),
        s.updatedAt());
  }
}
