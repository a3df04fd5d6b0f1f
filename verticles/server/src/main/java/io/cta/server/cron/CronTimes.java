package io.cta.server.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.cta.error.ServiceFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The instants of a cron rule in a time zone: five fields as in Unix, or six with seconds first. As
 * Vixie's cron has it, either of day of month and day of week will do when both are restricted, and
 * both 0 and 7 are Sunday. {@code ?} restricts nothing, {@code L} is the last day of a month.
 *
 * <p>A time of day that clocks skip when they go forward fires once, at the first moment after the
 * gap; one that comes twice when they go back fires once, the first time. Rules for every hour
 * simply go on.
 */
final class CronTimes implements FireTimes {
  private static final CronParser PARSER = new CronParser(definition());
  private static final Duration LONGEST_GAP = Duration.ofDays(1);
  private static final int MAX_TRANSITIONS = 20;

  private final ExecutionTime minutes;
  private final TreeSet<Integer> seconds;
  private final boolean everyHour;
  private final ZoneId zone;

  private CronTimes(
      ExecutionTime minutes, TreeSet<Integer> seconds, boolean everyHour, ZoneId zone) {
    this.minutes = minutes;
    this.seconds = seconds;
    this.everyHour = everyHour;
    this.zone = zone;
  }

  /** Parses a rule; throws INVALID, naming the field, for a wrong one. */
  static CronTimes of(String cron, String zone) {
    ZoneId where;
    try {
      where = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw ServiceFailure.invalid("zone", "must be a time zone such as Europe/Paris");
    }
    String[] fields = cron.strip().split("\\s+");
    boolean withSeconds = fields.length == 6;
    String given = withSeconds ? cron.strip().substring(fields[0].length()).strip() : cron.strip();
    // the library takes a rule with ? for one of another dialect, where both days must fit
    String rule = given.replaceAll("(?<=\\s)\\?(?=\\s|$)", "*");
    try {
      Cron parsed = PARSER.parse(rule).validate();
      TreeSet<Integer> seconds = SecondsField.values(withSeconds ? fields[0] : "0");
      if (!CronDays.exist(rule)) {
        throw ServiceFailure.invalid("cron", "never fires: no month that it names has such a day");
      }
      String hours = rule.split("\\s+")[1];
      return new CronTimes(
          ExecutionTime.forCron(parsed), seconds, hours.equals("*") || hours.equals("*/1"), where);
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid(
          "cron", "must be a cron rule of five fields, or six with seconds: " + e.getMessage());
    }
  }

  @Override
  public Optional<Instant> after(Instant instant) {
    Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
    int second = (int) Duration.between(minute, instant).toSeconds();
    Integer later = seconds.higher(second);
    if (later != null && minuteAfter(minute.minusMillis(1)).filter(minute::equals).isPresent()) {
      return Optional.of(minute.plusSeconds(later));
    }
    return minuteAfter(instant).map(at -> at.plusSeconds(first(at)));
  }

  /** A gap ends in the middle of a rule's minute only if it fires at its begin. */
  private int first(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).equals(at) ? seconds.first() : 0;
  }

  private Optional<Instant> minuteAfter(Instant instant) {
    Optional<Instant> regular = next(ZonedDateTime.ofInstant(instant, zone));
    if (everyHour) {
      return regular;
    }
    while (regular.filter(this::isRepeated).isPresent()) {
      regular = next(ZonedDateTime.ofInstant(regular.get(), zone));
    }
    Optional<Instant> skipped = skipped(instant, regular.orElse(Instant.MAX));
    return skipped.isPresent() ? skipped : regular;
  }

  /** Whether clocks show this time of the day for the second time. */
  private boolean isRepeated(Instant at) {
    ZonedDateTime shown = at.atZone(zone);
    ZoneOffsetTransition change = zone.getRules().getTransition(shown.toLocalDateTime());
    return change != null
        && change.isOverlap()
        && shown.getOffset().equals(change.getOffsetAfter());
  }

  /** The end of the first gap between the two instants that skips a time of the rule. */
  private Optional<Instant> skipped(Instant after, Instant before) {
    ZoneOffsetTransition gap = zone.getRules().nextTransition(after.minus(LONGEST_GAP));
    for (int i = 0; i < MAX_TRANSITIONS && gap != null && gap.getInstant().isBefore(before); i++) {
      if (gap.isGap() && gap.getInstant().isAfter(after) && skips(gap)) {
        return Optional.of(gap.getInstant());
      }
      gap = zone.getRules().nextTransition(gap.getInstant());
    }
    return Optional.empty();
  }

  /** Whether the rule has a time within the gap, as if clocks had not gone forward. */
  private boolean skips(ZoneOffsetTransition gap) {
    Instant end = gap.getInstant().plus(gap.getDuration());
    return next(ZonedDateTime.ofInstant(gap.getInstant().minusSeconds(1), gap.getOffsetBefore()))
        .filter(at -> at.isBefore(end))
        .isPresent();
  }

  private Optional<Instant> next(ZonedDateTime after) {
    return minutes.nextExecution(after).map(ZonedDateTime::toInstant);
  }

  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withStrictRange()
        .and()
        .withHours()
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .supportsL()
        .withStrictRange()
        .and()
        .withMonth()
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .instance();
  }
}
