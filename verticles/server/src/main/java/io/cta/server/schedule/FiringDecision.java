package io.cta.server.schedule;

import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a schedule fires now. Pure.
 *
 * @param next the schedule to store
 * @param fires true when its scenario must be started
 */
record FiringDecision(Schedule next, boolean fires) {
  private static final Duration MAX_STEP_BACK = Duration.ofHours(3);

  /**
   * Decides. A stored instant that is not one of the rule's stems from an earlier rule and is only
   * replaced. Fires once, however many instants were missed.
   */
  static FiringDecision of(Schedule s, Instant now) {
    CronTimes times = CronTimes.of(s.cron(), s.zone());
    boolean fires = s.nextAt() != null && !s.nextAt().isAfter(now) && times.includes(s.nextAt());
    Instant firedAt = fires ? s.nextAt() : s.firedAt();
    return new FiringDecision(at(s, times.after(now).orElse(null), firedAt), fires);
  }

  /**
   * The schedule corrected after the wall clock may have been set back: it fires again for no
   * instant that it has fired for, and skips none after that. A step back of more than three hours
   * means that the clock was wrong before; then only the time now counts.
   */
  static Schedule reviewed(Schedule s, Instant now) {
    if (s.nextAt() == null || !s.nextAt().isAfter(now)) {
      return s; // it is due or new, and handled anyway
    }
    boolean ahead = s.firedAt() != null && s.firedAt().isAfter(now);
    boolean believed = ahead && !s.firedAt().isAfter(now.plus(MAX_STEP_BACK));
    Instant from = believed ? s.firedAt() : now;
    return CronTimes.of(s.cron(), s.zone())
        .after(from)
        .filter(next -> next.isBefore(s.nextAt()))
        .map(next -> at(s, next, s.firedAt()))
        .orElse(s);
  }

  /** The schedule disabled, because its rule is invalid. */
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
