package io.cta.server.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.cta.error.ServiceFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The instants that a cron rule of five fields means in a zone. */
final class CronTimes {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /** Reads a rule; a wrong one is a {@link ServiceFailure} with code INVALID. */
  static CronTimes of(String cron, String zone) {
    try {
      return new CronTimes(ExecutionTime.forCron(PARSER.parse(cron)), ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw ServiceFailure.invalid("zone", "must be a time zone such as Europe/Paris");
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid("cron", "must be five cron fields: " + e.getMessage());
    }
  }

  /** The first instant after that one, or empty when there is none. */
  Optional<Instant> after(Instant instant) {
    return times
        .nextExecution(ZonedDateTime.ofInstant(instant, zone))
        .map(ZonedDateTime::toInstant);
  }

  /** True when the rule means that instant. */
  boolean means(Instant instant) {
    return after(instant.minusMillis(1)).filter(instant::equals).isPresent();
  }
}
