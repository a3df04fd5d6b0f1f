package io.cta.server.schedule;

import io.cta.server.cron.FireTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the instants of a rule that have come since one, without walking through all. Pure. */
final class DueTimes {
  /** Most instants that are made up for after a long time without a server. */
  static final int MAX = 1_000;

  private static final List<Duration> WINDOWS =
      List.of(
          Duration.ofMinutes(2),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(32),
          Duration.ofDays(400));

  private DueTimes() {}

  /** All from {@code first} to {@code now}; the oldest {@value #MAX} of them. */
  static List<Instant> all(FireTimes times, Instant first, Instant now) {
    List<Instant> due = new ArrayList<>();
    Optional<Instant> at = Optional.of(first);
    while (at.isPresent() && !at.get().isAfter(now) && due.size() < MAX) {
      due.add(at.get());
      at = times.after(at.get());
    }
    return due;
  }

  /**
   * The last from {@code first} to {@code now}. Looks at the last minutes first, so that a rule for
   * every second is no more work after a month than after an hour.
   */
  static Instant last(FireTimes times, Instant first, Instant now) {
    for (Duration window : WINDOWS) {
      Instant begin = now.minus(window);
      if (begin.isBefore(first)) {
        break;
      }
      Optional<Instant> at = times.after(begin);
      if (at.isPresent() && !at.get().isAfter(now)) {
        return latest(times, at.get(), now);
      }
    }
    return latest(times, first, now);
  }

  private static Instant latest(FireTimes times, Instant first, Instant now) {
    Instant last = first;
    Optional<Instant> at = times.after(first);
    while (at.isPresent() && !at.get().isAfter(now)) {
      last = at.get();
      at = times.after(last);
    }
    return last;
  }
}
