package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * A rule that starts a scenario, besides the scenario's own; see {@link CronRule} for its parts.
 *
 * @param nextAt the instant of the rule at which it fires next, null until it is known
 * @param firedAt the instant of the rule for which it fired last, null for never
 * @param execution what it started last, or null
 * @param waitsFor the instant that waits for the end of that execution, or null
 * @param note why it did not fire when it last could have, for people, or null
 */
@RecordBuilder
public record Schedule(
    String id,
    String name,
    String scenario,
    String cron,
    Instant at,
    String zone,
    MissedPolicy missed,
    Duration grace,
    OverlapPolicy overlap,
    Boolean enabled,
    Instant nextAt,
    Instant firedAt,
    String execution,
    Instant waitsFor,
    String note,
    Instant createdAt,
    Instant updatedAt) {
  private static final int MAX_NOTE = 300;

  public Schedule {
    name = FieldChecks.name("name", name);
    scenario = FieldChecks.required("scenario", scenario);
    CronRule rule = new CronRule(cron, at, zone, missed, grace, overlap);
    zone = rule.zone();
    missed = rule.missed();
    grace = rule.grace();
    overlap = rule.overlap();
    enabled = FieldChecks.or(enabled, true);
    note = FieldChecks.line(note, MAX_NOTE);
  }

  /** When it fires, without what has happened. */
  public CronRule rule() {
    return new CronRule(cron, at, zone, missed, grace, overlap);
  }
}
