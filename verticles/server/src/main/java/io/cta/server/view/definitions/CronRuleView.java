package io.cta.server.view.definitions;

import io.cta.domain.CronRule;
import io.cta.domain.MissedPolicy;
import io.cta.domain.OverlapPolicy;
import java.time.Duration;
import java.time.Instant;

/** When a scenario starts automatically. */
public record CronRuleView(
    String cron,
    Instant at,
    String zone,
    MissedPolicy missed,
    Duration grace,
    OverlapPolicy overlap) {
  /** Returns null for null. */
  static CronRuleView of(CronRule r) {
    return r == null
        ? null
        : new CronRuleView(r.cron(), r.at(), r.zone(), r.missed(), r.grace(), r.overlap());
  }
}
