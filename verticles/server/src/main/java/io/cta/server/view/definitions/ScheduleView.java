package io.cta.server.view.definitions;

import io.cta.domain.Schedule;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/** A cron rule that starts a scenario. */
public record ScheduleView(
    String id,
    String name,
    String scenario,
    String cron,
    String zone,
    Boolean enabled,
    Instant nextAt,
    Instant firedAt,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static ScheduleView of(Schedule s) {
    return new ScheduleView(
        s.id(),
        s.name(),
        s.scenario(),
        s.cron(),
        s.zone(),
        s.enabled(),
        s.nextAt(),
        s.firedAt(),
        s.createdAt(),
        s.updatedAt());
  }
}
