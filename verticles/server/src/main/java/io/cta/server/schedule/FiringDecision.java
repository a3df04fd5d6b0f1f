package io.cta.server.schedule;

import io.cta.domain.MissedPolicy;
import io.cta.domain.OverlapPolicy;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.server.cron.FireTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides whether a schedule fires now, and for which of its instants. Pure.
 *
 * @param next the schedule to store, once it has fired
 * @param fires the instants for which its scenario must be started, the oldest first
 */
record FiringDecision(Schedule next, List<Instant> fires) {
  /** What is no later than this is not late: a tick, a slow store, two clocks. */
  static final Duration ON_TIME = Duration.ofSeconds(30);

  private static final Duration MAX_STEP_BACK = Duration.ofHours(3);

  /** Most starts of one decision; the next one goes on. */
  private static final int MAX_FIRES = 20;

  /**
   * Decides. A stored instant that is not one of the rule's stems from an earlier rule and is only
   * replaced.
   *
   * @param active whether the execution that the schedule has started last still runs
   */
  static FiringDecision of(Schedule s, Instant now, boolean active) {
    FireTimes times = FireTimes.of(s.rule());
    if (s.nextAt() == null || s.nextAt().isAfter(now) || !times.includes(s.nextAt())) {
      return new FiringDecision(at(s, times.after(now).orElse(null), s.firedAt(), null), List.of());
    }
    Instant last = DueTimes.last(times, s.nextAt(), now);
    List<Instant> due = due(s, times, last, now);
    if (due.isEmpty()) {
      String note = "left out what it missed, last " + last;
      return new FiringDecision(at(s, times.after(now).orElse(null), s.firedAt(), note), due);
    }
    if (active && s.overlap() == OverlapPolicy.QUEUE) {
      Schedule waits =
          ScheduleBuilder.builder(s)
              .waitsFor(last)
              .note("waits for the end of " + s.execution())
              .build();
      return new FiringDecision(waits, List.of());
    }
    if (active && s.overlap() == OverlapPolicy.SKIP) {
      String note = "left out " + last + ": " + s.execution() + " still ran";
      return new FiringDecision(at(s, times.after(now).orElse(null), s.firedAt(), note), List.of());
    }
    int most = s.overlap() == OverlapPolicy.ALLOW ? MAX_FIRES : 1;
    List<Instant> fires = due.subList(0, Math.min(most, due.size()));
    boolean all = s.missed() == MissedPolicy.ALL;
    // should the clock have been wrong, those between the first and now are still to come
    Instant fired = all ? fires.get(fires.size() - 1) : s.nextAt();
    Instant next = times.after(fires.size() < due.size() ? fired : now).orElse(null);
    return new FiringDecision(at(s, next, fired, null), fires);
  }

  /** The instants to fire for, by the policy for missed ones. */
  private static List<Instant> due(Schedule s, FireTimes times, Instant last, Instant now) {
    if (s.missed() == MissedPolicy.ALL) {
      return DueTimes.all(times, s.nextAt(), now);
    }
    Duration late = Duration.between(last, now);
    boolean counts =
        late.compareTo(ON_TIME) <= 0
            || s.waitsFor() != null
            || s.missed() == MissedPolicy.ONE && late.compareTo(s.grace()) <= 0;
    return counts ? List.of(last) : List.of();
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
    return FireTimes.of(s.rule())
        .after(from)
        .filter(next -> next.isBefore(s.nextAt()))
        .map(next -> at(s, next, s.firedAt(), s.note()))
        .orElse(s);
  }

  /** The schedule disabled, because its rule is invalid. */
  static Schedule off(Schedule s) {
    return ScheduleBuilder.builder(s).enabled(false).nextAt(null).build();
  }

  private static Schedule at(Schedule s, Instant nextAt, Instant firedAt, String note) {
    return ScheduleBuilder.builder(s)
        .enabled(s.enabled() && nextAt != null)
        .nextAt(nextAt)
        .firedAt(firedAt)
        .waitsFor(null)
        .note(note)
        .build();
  }
}
