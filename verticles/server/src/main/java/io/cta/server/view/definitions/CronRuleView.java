package io.cta.server.view.definitions;

import io.cta.domain.CronRule;

/** When a scenario starts automatically. */
public record CronRuleView(String cron, String zone) {
  /** Returns null for null. */
  static CronRuleView of(CronRule r) {
    return r == null ? null : new CronRuleView(r.cron(), r.zone());
  }
}
