package io.cta.domain;

/**
 * When a scenario starts by itself.
 *
 * @param cron five fields, Unix order
 * @param zone IANA time zone, default UTC
 */
public record CronRule(String cron, String zone) {
  public CronRule {
    cron = Check.required("cron", cron);
    zone = Check.or(zone, "UTC");
  }
}
