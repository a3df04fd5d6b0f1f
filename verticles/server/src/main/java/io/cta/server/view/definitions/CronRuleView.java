package io.cta.server.view.definitions;

import io.cta.domain.CronRule;

/** When a scenario starts by itself. */
public record CronRuleView(String cron, String zone) {
  /** Null of null. */
  static CronRuleView of(CronRule r) {
    return r == null ? null : new CronRuleView(r.cron(), r.zone());
  }
}
