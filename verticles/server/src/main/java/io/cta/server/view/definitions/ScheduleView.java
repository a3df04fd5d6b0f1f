package io.cta.server.view.definitions;

import io.cta.domain.MissedPolicy;
import io.cta.domain.OverlapPolicy;
import io.cta.domain.Schedule;
import io.cta.server.view.OutwardView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A rule that starts a scenario.
 *
 * @param next the next times; empty while it is disabled
 */
public record ScheduleView(
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
    List<Instant> next,
    Instant firedAt,
    String execution,
    Instant waitsFor,
    String note,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static ScheduleView of(Schedule s, List<Instant> next) {
    return new ScheduleView(
        s.id(),
        s.name(),
        s.scenario(),
        s.cron(),
        s.at(),
        s.zone(),
        s.missed(),
        s.grace(),
        s.overlap(),
        s.enabled(),
        s.nextAt(),
        next,
        s.firedAt(),
        s.execution(),
        s.waitsFor(),
        s.note(),
        s.createdAt(),
        s.updatedAt());
  }
}
