package io.cta.domain;

import io.cta.error.ServiceFailure;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * When something starts by itself: by a rule, or once.
 *
 * @param cron five fields in Unix order, or six with seconds first; null for a single time
 * @param at the single time; null for a rule
 * @param zone IANA time zone, default UTC
 * @param missed what to do with times that passed while no server ran, default one
 * @param grace how late a missed time may still count, default 10 min, at most 31 days
 * @param overlap what to do while the execution before still runs, default allow
 */
@RecordBuilder
public record CronRule(
    String cron,
    Instant at,
    String zone,
    MissedPolicy missed,
    Duration grace,
    OverlapPolicy overlap) {
  static final Duration DEFAULT_GRACE = Duration.ofMinutes(10);
  private static final Duration MAX_GRACE = Duration.ofDays(31);

  public CronRule {
    zone = FieldChecks.or(zone, "UTC");
    missed = FieldChecks.or(missed, MissedPolicy.ONE);
    grace = FieldChecks.or(grace, DEFAULT_GRACE);
    overlap = FieldChecks.or(overlap, OverlapPolicy.ALLOW);
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw ServiceFailure.invalid("grace", "must be at most 31d");
    }
  }
}
