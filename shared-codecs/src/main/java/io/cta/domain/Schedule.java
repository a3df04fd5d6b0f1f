package io.cta.domain;

import java.time.Instant;

/** A cron rule that starts a scenario, apart from the scenario's own. */
public record Schedule(
    String id,
    String name,
    String scenario,
    String cron,
    String zone,
    Boolean enabled,
    Instant nextAt,
    Instant createdAt,
    Instant updatedAt) {
  public Schedule {
    name = Check.name("name", name);
    scenario = Check.required("scenario", scenario);
    cron = Check.required("cron", cron);
    zone = Check.or(zone, "UTC");
    enabled = Check.or(enabled, true);
  }
}
