package io.cta.server.api.definitions;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.cta.error.ServiceFailure;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Refuses cron rules that could never fire as intended. Pure. */
final class CronCheck {
  private CronCheck() {}

  static void check(String cronField, String cron, String zoneField, String zone) {
    try {
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
          .parse(cron)
          .validate();
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid(
          cronField, "must be a cron rule of five fields: " + e.getMessage());
    }
    if (!CronDayCheck.exist(cron)) {
      throw ServiceFailure.invalid(cronField, "never fires: no month that it names has such a day");
    }
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw ServiceFailure.invalid(zoneField, "must be a time zone such as Europe/Paris");
    }
  }
}
