package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A cron rule that starts a scenario, besides the scenario's own.
 *
 * @param nextAt the instant of the rule at which it fires next, null until it is known
 * @param firedAt the instant of the rule for which it fired last, null for never
 */
@RecordBuilder
public record Schedule(
    String id,
    String name,
    String scenario,
    String cron,
    String zone,
    Boolean enabled,
    Instant nextAt,
    Instant firedAt,
    Instant createdAt,
    Instant updatedAt) {
  public Schedule {
    name = FieldChecks.name("name", name);
    scenario = FieldChecks.required("scenario", scenario);
    cron = FieldChecks.required("cron", cron);
    zone = FieldChecks.or(zone, "UTC");
    enabled = FieldChecks.or(enabled, true);
  }
}
