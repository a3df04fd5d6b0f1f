package io.cta.server.schedule;

import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * What is due for a schedule.
 *
 * @param next the schedule as it is to be stored
 * @param fires true when its scenario is to be started
 */
record FiringDecision(Schedule next, boolean fires) {
  private static final Duration BELIEVED = Duration.ofHours(3);

  /**
   * Decides; a stored instant that the rule does not mean stems from an earlier rule and only gets
   * replaced. However many instants were missed, it fires once.
   */
  static FiringDecision of(Schedule s, Instant now) {
    CronTimes times = CronTimes.of(s.cron(), s.zone());
    boolean fires = s.nextAt() != null && !s.nextAt().isAfter(now) && times.means(s.nextAt());
    Instant firedAt = fires ? s.nextAt() : s.firedAt();
    return new FiringDecision(at(s, times.after(now).orElse(null), firedAt), fires);
  }

  /**
   * The schedule as it should be when the wall clock may have been set back: nothing that it has
   * fired for comes again, and nothing behind that is left out. After a step back of more than
   * three hours the clock was wrong before, and counts as it is now.
   */
  static Schedule reviewed(Schedule s, Instant now) {
    if (s.nextAt() == null || !s.nextAt().isAfter(now)) {
      return s; // it is looked at anyway
    }
    boolean ahead = s.firedAt() != null && s.firedAt().isAfter(now);
    boolean believed = ahead && !s.firedAt().isAfter(now.plus(BELIEVED));
    Instant from = believed ? s.firedAt() : now;
    return CronTimes.of(s.cron(), s.zone())
        .after(from)
        .filter(next -> next.isBefore(s.nextAt()))
        .map(next -> at(s, next, s.firedAt()))
        .orElse(s);
  }

  /** The schedule switched off: its rule cannot be read, or never comes true again. */
  static Schedule off(Schedule s) {
    return copy(s, false, null, s.firedAt());
  }

  private static Schedule at(Schedule s, Instant nextAt, Instant firedAt) {
    return copy(s, s.enabled() && nextAt != null, nextAt, firedAt);
  }

  private static Schedule copy(Schedule s, boolean enabled, Instant nextAt, Instant firedAt) {
    return ScheduleBuilder.builder(s).enabled(enabled).nextAt(nextAt).firedAt(firedAt).build();
  }
}
