package io.cta.server.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.cta.error.ServiceFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** Computes the instants of a cron rule of five fields in a time zone. */
final class CronTimes {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private static final Duration LONGEST_GAP = Duration.ofDays(1);
  private static final int MAX_TRANSITIONS = 20;

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /** Parses a rule; throws a {@link ServiceFailure} with code INVALID for a wrong one. */
  static CronTimes of(String cron, String zone) {
    try {
      return new CronTimes(ExecutionTime.forCron(PARSER.parse(cron)), ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw ServiceFailure.invalid("zone", "must be a time zone such as Europe/Paris");
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid("cron", "must be five cron fields: " + e.getMessage());
    }
  }

  /**
   * The first instant of the rule after the given one; empty when there is none. A time of day
   * skipped when clocks go forward counts as if they had not yet. One that occurs twice when they
   * go back counts only the first time, unless the rule is for every hour.
   */
  Optional<Instant> after(Instant instant) {
    Optional<Instant> regular = next(ZonedDateTime.ofInstant(instant, zone));
    Optional<Instant> skipped = skipped(instant, regular.orElse(Instant.MAX));
    return skipped.isPresent() ? skipped : regular;
  }

  /** The first skipped time of day between the two instants, if there is one. */
  private Optional<Instant> skipped(Instant after, Instant before) {
    ZoneOffsetTransition gap = zone.getRules().nextTransition(after.minus(LONGEST_GAP));
    for (int i = 0; i < MAX_TRANSITIONS && gap != null && gap.getInstant().isBefore(before); i++) {
      if (gap.isGap()) {
        Instant from = gap.getInstant().minusSeconds(1);
        Instant first = from.isAfter(after) ? from : after;
        Optional<Instant> found = next(ZonedDateTime.ofInstant(first, gap.getOffsetBefore()));
        Instant end = gap.getInstant().plus(gap.getDuration());
        if (found.filter(at -> at.isBefore(end) && at.isBefore(before)).isPresent()) {
          return found;
        }
      }
      gap = zone.getRules().nextTransition(gap.getInstant());
    }
    return Optional.empty();
  }

  private Optional<Instant> next(ZonedDateTime after) {
    return times.nextExecution(after).map(ZonedDateTime::toInstant);
  }

  /** True when the rule includes the instant. */
  boolean includes(Instant instant) {
    return after(instant.minusMillis(1)).filter(instant::equals).isPresent();
  }
}
