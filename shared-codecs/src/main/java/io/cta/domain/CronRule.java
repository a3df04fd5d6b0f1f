package io.cta.domain;

/**
 * When a scenario starts by itself.
 *
 * @param cron five fields, Unix order
 * @param zone IANA time zone, default UTC
 */
public record CronRule(String cron, String zone) {
  public CronRule {
    cron = FieldChecks.required("cron", cron);
    zone = FieldChecks.or(zone, "UTC");
  }
}
