package io.cta.server.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CronTimesTest {
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
    "30 2 * * *, 2026-03-29, 1, 2026-03-29T01:00:00Z",
    "0 2 * * *, 2026-03-29, 1, 2026-03-29T01:00:00Z",
    "30 2 * * *, 2026-03-30, 1, 2026-03-30T00:30:00Z",
    "30 2 * * *, 2026-10-25, 1, 2026-10-25T00:30:00Z",
    "30 2 * * *, 2027-03-28, 1, 2027-03-28T01:00:00Z",
    "30 2 * * *, 2027-10-31, 1, 2027-10-31T00:30:00Z",
    "'30 2,3 * * *', 2026-03-29, 2, 2026-03-29T01:00:00Z",
    "30 * * * *, 2026-03-29, 23, 2026-03-28T23:30:00Z",
    "30 * * * *, 2026-10-25, 25, 2026-10-24T22:30:00Z",
    "*/10 * * * *, 2026-03-29, 138, 2026-03-28T23:00:00Z",
    "0 0 * * *, 2026-10-25, 1, 2026-10-24T22:00:00Z",
    "0 0 13 * 5, 2026-11-13, 1, 2026-11-12T23:00:00Z",
    "0 0 13 * 5, 2026-11-20, 1, 2026-11-19T23:00:00Z",
    "0 0 13 * 5, 2026-12-13, 1, 2026-12-12T23:00:00Z",
    "0 0 13 * 5, 2026-12-14, 0, ",
    "0 12 * * 7, 2026-11-29, 1, 2026-11-29T11:00:00Z",
    "0 0 29 2 *, 2028-02-29, 1, 2028-02-28T23:00:00Z",
    "0 0 L * *, 2026-02-28, 1, 2026-02-27T23:00:00Z",
    "0 0 L * *, 2026-02-27, 0, ",
    "0 0 ? * 1, 2026-11-30, 1, 2026-11-29T23:00:00Z",
    "'30 0 2 * * *', 2026-11-30, 1, 2026-11-30T01:00:30Z",
    "'*/20 59 23 * * *', 2026-11-30, 3, 2026-11-30T22:59:00Z"
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

  @ParameterizedTest
  @CsvSource({
    // zone, day of the change, rule: how often, and when first
    "America/New_York, 2026-03-08, 30 2 * * *, 1, 2026-03-08T07:00:00Z",
    "America/New_York, 2026-11-01, 30 1 * * *, 1, 2026-11-01T05:30:00Z",
    "Australia/Lord_Howe, 2026-10-04, 15 2 * * *, 1, 2026-10-03T15:30:00Z",
    "Australia/Lord_Howe, 2026-04-05, 45 1 * * *, 1, 2026-04-04T14:45:00Z",
    "Europe/Paris, 2026-03-29, 30 2 * * *, 1, 2026-03-29T01:00:00Z",
    "Europe/Paris, 2026-10-25, 30 2 * * *, 1, 2026-10-25T00:30:00Z",
    "Europe/Paris, 2026-03-29, 0 3 * * *, 1, 2026-03-29T01:00:00Z"
  })
  void aFixedTimeFiresOnceOnDaysOfChangeInEveryZone(
      String zone, LocalDate day, String cron, int often, Instant first) {
    CronTimes times = CronTimes.of(cron, zone);
    ZoneId where = ZoneId.of(zone);
    Instant end = day.plusDays(1).atStartOfDay(where).toInstant();
    List<Instant> found = new ArrayList<>();
    Instant at = day.atStartOfDay(where).toInstant().minusMillis(1);
    while ((at = times.after(at).orElse(end)).isBefore(end)) {
      found.add(at);
    }
    assertEquals(often, found.size(), found.toString());
    assertEquals(first, found.get(0));
  }

  @Test
  void aTimeThatComesTwiceIsOverOnceItHasPassed() {
    CronTimes times = CronTimes.of("30 2 * * *", "Europe/Paris");
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    for (int seconds = 0; seconds < 7_200; seconds += 7) {
      assertEquals(
          Instant.parse("2026-10-26T01:30:00Z"),
          times.after(first.plusSeconds(seconds)).orElseThrow());
    }
  }

  @Test
  void aRuleThatNeverFiresIsRefused() {
    for (String cron : List.of("0 0 30 2 *", "0 0 31 4 ?")) {
      assertTrue(failure(cron, "UTC").getMessage().contains("never fires"), cron);
    }
    for (String cron : List.of("60 0 2 * * *", "1-61 * * * * *", "* * * * * * *", "a * * * * *")) {
      assertEquals("cron", failure(cron, "UTC").field());
    }
  }
}
