package io.cta.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.error.ServiceFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FiringDecisionTest {
  @ParameterizedTest
  @CsvSource({
    // nextAt, now -> fires, next
    "2026-01-02T02:00:00Z, 2026-01-02T01:59:59Z, false, 2026-01-02T02:00:00Z",
    "2026-01-02T02:00:00Z, 2026-01-02T02:00:00Z, true, 2026-01-03T02:00:00Z",
    "2026-01-02T02:00:00Z, 2026-01-02T02:00:03Z, true, 2026-01-03T02:00:00Z",
    // missed for days: fires once
    "2026-01-02T02:00:00Z, 2026-01-09T12:00:00Z, true, 2026-01-10T02:00:00Z",
    // new, or of an earlier rule: does not fire
    ", 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z",
    "2026-01-02T03:30:00Z, 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z"
  })
  void firesOnceForWhateverIsDue(Instant nextAt, Instant now, boolean fires, Instant next) {
    FiringDecision firingDecision = FiringDecision.of(schedule("0 2 * * *", "UTC", nextAt), now);
    assertEquals(fires, firingDecision.fires());
    assertEquals(next, firingDecision.next().nextAt());
  }

  @ParameterizedTest
  @CsvSource({
    // rule, last fired, next, now -> corrected next
    // clock not set: unchanged
    "* * * * *, 2026-01-02T12:00:00Z, 2026-01-02T12:01:00Z, 2026-01-02T12:00:30Z, 12:01",
    // set back by two hours: those minutes have already fired
    "* * * * *, 2026-01-02T12:00:00Z, 2026-01-02T12:01:00Z, 2026-01-02T10:00:30Z, 12:01",
    // set forward by two hours, which fired once, and back: goes on with the next minute
    "* * * * *, 2026-01-02T12:01:00Z, 2026-01-02T14:01:00Z, 2026-01-02T12:01:30Z, 12:02",
    // set back from another day: the clock was wrong before
    "* * * * *, 2026-01-09T12:00:00Z, 2026-01-09T12:01:00Z, 2026-01-02T10:00:30Z, 10:01",
    // a firing that was made up for does not come again
    "0 13 * * *, 2026-01-02T13:00:00Z, 2026-01-03T13:00:00Z, 2026-01-02T12:10:00Z, NOT",
    // never fired
    "* * * * *, , 2026-01-02T12:01:00Z, 2026-01-02T10:00:30Z, 10:01"
  })
  void afterTheClockWasSetBackNothingIsDoubledOrLeftOut(
      String cron, Instant fired, Instant next, Instant now, String expected) {
    Schedule s =
        ScheduleBuilder.builder()
            .id("s")
            .name("s")
            .scenario("scenario")
            .cron(cron)
            .zone("UTC")
            .enabled(true)
            .nextAt(next)
            .firedAt(fired)
            .build();
    Instant nextAt = FiringDecision.reviewed(s, now).nextAt();
    assertEquals(
        expected.equals("NOT") ? next : Instant.parse("2026-01-02T" + expected + ":00Z"), nextAt);
  }

  @Test
  void theInstantItFiredForIsRemembered() {
    Instant due = Instant.parse("2026-01-02T02:00:00Z");
    FiringDecision late =
        FiringDecision.of(schedule("0 2 * * *", "UTC", due), due.plusSeconds(7_200));
    assertEquals(due, late.next().firedAt());
    FiringDecision settled = FiringDecision.of(schedule("0 2 * * *", "UTC", null), due);
    assertEquals(null, settled.next().firedAt());
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, Europe/Paris, 2026-07-01T12:00:00Z, 2026-07-02T00:00:00Z",
    "0 2 * * *, Europe/Paris, 2026-01-01T12:00:00Z, 2026-01-02T01:00:00Z",
    "*/5 * * * *, UTC, 2026-01-01T12:03:00Z, 2026-01-01T12:05:00Z",
    "0 9 * * 1, Asia/Tokyo, 2026-01-02T00:00:00Z, 2026-01-05T00:00:00Z"
  })
  void readsRulesInTheirZone(String cron, String zone, Instant now, Instant next) {
    assertEquals(next, CronTimes.of(cron, zone).after(now).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    // rule, day, how often, the first
    "30 2 * * *, 2026-03-28, 1, 2026-03-28T01:30:00Z",
    "30 2 * * *, 2026-03-29, 1, 2026-03-29T01:30:00Z",
    "0 2 * * *, 2026-03-29, 1, 2026-03-29T01:00:00Z",
    "30 2 * * *, 2026-03-30, 1, 2026-03-30T00:30:00Z",
    "30 2 * * *, 2026-10-25, 1, 2026-10-25T00:30:00Z",
    "30 2 * * *, 2027-03-28, 1, 2027-03-28T01:30:00Z",
    "30 2 * * *, 2027-10-31, 1, 2027-10-31T00:30:00Z",
    "'30 2,3 * * *', 2026-03-29, 1, 2026-03-29T01:30:00Z",
    "30 * * * *, 2026-03-29, 23, 2026-03-28T23:30:00Z",
    "30 * * * *, 2026-10-25, 25, 2026-10-24T22:30:00Z",
    "*/10 * * * *, 2026-03-29, 138, 2026-03-28T23:00:00Z",
    "0 0 * * *, 2026-10-25, 1, 2026-10-24T22:00:00Z",
    "0 0 13 * 5, 2026-11-13, 1, 2026-11-12T23:00:00Z",
    "0 0 13 * 5, 2026-11-20, 1, 2026-11-19T23:00:00Z",
    "0 0 13 * 5, 2026-12-13, 1, 2026-12-12T23:00:00Z",
    "0 0 13 * 5, 2026-12-14, 0, ",
    "0 12 * * 7, 2026-11-29, 1, 2026-11-29T11:00:00Z",
    "0 0 29 2 *, 2028-02-29, 1, 2028-02-28T23:00:00Z"
  })
  void onDaysWhenTheClocksChangeNoFiringIsLostOrDoubled(
      String cron, LocalDate day, int often, Instant first) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    CronTimes times = CronTimes.of(cron, berlin.getId());
    Instant end = day.plusDays(1).atStartOfDay(berlin).toInstant();
    List<Instant> found = new ArrayList<>();
    Instant at = day.atStartOfDay(berlin).toInstant().minusMillis(1);
    while ((at = times.after(at).orElse(end)).isBefore(end)) {
      found.add(at);
      assertTrue(times.includes(at), "includes " + at);
    }
    assertEquals(often, found.size(), found.toString());
    assertEquals(first, found.isEmpty() ? null : found.get(0));
  }

  @Test
  void wrongRulesNameTheField() {
    assertEquals("cron", failure("61 * * * *", "UTC").field());
    assertEquals("cron", failure("often", "UTC").field());
    assertEquals("zone", failure("* * * * *", "Mars/Base").field());
  }

  private static ServiceFailure failure(String cron, String zone) {
    return assertThrows(ServiceFailure.class, () -> CronTimes.of(cron, zone));
  }

  private static Schedule schedule(String cron, String zone, Instant nextAt) {
    return ScheduleBuilder.builder()
        .id("s")
        .name("s")
        .scenario("scenario")
        .cron(cron)
        .zone(zone)
        .enabled(true)
        .nextAt(nextAt)
        .build();
  }
}
