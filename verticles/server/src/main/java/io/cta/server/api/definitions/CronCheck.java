package io.cta.server.api.definitions;

import io.cta.domain.CronRule;
import io.cta.error.ServiceFailure;
import io.cta.server.cron.FireTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Refuses rules that could never fire as intended, and says when others do. Pure. */
final class CronCheck {
  private static final int NEXT = 5;

  /** A rule of six fields with less between two times is a rule of five with a star too many. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(5);

  private static final int SECONDS_TOO = 6;

  /** So many times that two of them are in neighbouring minutes. */
  private static final int LOOKED_AT = 62;

  private CronCheck() {}

  /**
   * Throws INVALID for a wrong rule.
   *
   * @param prefix of its fields
   */
  static void check(String prefix, CronRule rule) {
    try {
      FireTimes times = FireTimes.of(rule);
      if (rule.cron() != null && rule.cron().strip().split("\\s+").length == SECONDS_TOO) {
        requirePauses(times);
      }
    } catch (ServiceFailure e) {
      throw ServiceFailure.invalid(prefix + e.field(), e.rule());
    }
  }

  private static void requirePauses(FireTimes times) {
    Instant before = Instant.EPOCH;
    for (Instant at : times.next(Instant.EPOCH, LOOKED_AT)) {
      if (Duration.between(before, at).compareTo(LEAST_PAUSE) < 0
          && !before.equals(Instant.EPOCH)) {
        throw ServiceFailure.invalid(
            "cron", "must leave 5 s between two times; six fields begin with seconds");
      }
      before = at;
    }
  }

  /** The next times of a rule. */
  static List<Instant> next(CronRule rule, Clock clock) {
    return FireTimes.of(rule).next(clock.instant(), NEXT);
  }
}
