package io.cta.server.api.definitions;

import io.cta.domain.CronRule;
import io.cta.error.ServiceFailure;
import io.cta.server.cron.FireTimes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Refuses rules that could never fire as intended, and says when others do. Pure. */
final class CronCheck {
  private static final int NEXT = 5;

  private CronCheck() {}

  /**
   * Throws INVALID for a wrong rule.
   *
   * @param prefix of its fields
   */
  static void check(String prefix, CronRule rule) {
    try {
      FireTimes.of(rule);
    } catch (ServiceFailure e) {
      throw ServiceFailure.invalid(prefix + e.field(), e.rule());
    }
  }

  /** The next times of a rule. */
  static List<Instant> next(CronRule rule, Clock clock) {
    return FireTimes.of(rule).next(clock.instant(), NEXT);
  }
}
