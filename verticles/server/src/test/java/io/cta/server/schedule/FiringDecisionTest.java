package io.cta.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.MissedPolicy;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import java.time.Instant;
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
    // missed for days: fires once, if the last is within the grace of ten minutes
    "2026-01-02T02:00:00Z, 2026-01-09T02:09:59Z, true, 2026-01-10T02:00:00Z",
    "2026-01-02T02:00:00Z, 2026-01-09T12:00:00Z, false, 2026-01-10T02:00:00Z",
    // new, or of an earlier rule: does not fire
    ", 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z",
    "2026-01-02T03:30:00Z, 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z"
  })
  void firesOnceForWhateverIsDue(Instant nextAt, Instant now, boolean fires, Instant next) {
    FiringDecision firingDecision =
        FiringDecision.of(schedule("0 2 * * *", "UTC", nextAt), now, false);
    assertEquals(fires, !firingDecision.fires().isEmpty());
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
        FiringDecision.of(schedule("0 2 * * *", "UTC", due), due.plusSeconds(300), false);
    assertEquals(due, late.next().firedAt());
    FiringDecision settled = FiringDecision.of(schedule("0 2 * * *", "UTC", null), due, false);
    assertEquals(null, settled.next().firedAt());
  }

  @ParameterizedTest
  @CsvSource({
    // three hours without a server, every five minutes
    "skip, 0",
    "one, 1",
    "all, 37"
  })
  void whatWasMissedIsMadeUpForAsThePolicySays(String missed, int fires) {
    Instant first = Instant.parse("2026-01-02T02:00:00Z");
    Instant now = Instant.parse("2026-01-02T05:02:00Z");
    Schedule s =
        ScheduleBuilder.builder(schedule("*/5 * * * *", "UTC", first))
            .missed(MissedPolicy.valueOf(missed.toUpperCase(java.util.Locale.ROOT)))
            .build();
    int count = 0;
    for (int i = 0; i < 10 && s.nextAt() != null && !s.nextAt().isAfter(now); i++) {
      FiringDecision decision = FiringDecision.of(s, now, false);
      count += decision.fires().size();
      s = decision.next();
    }
    assertEquals(fires, count);
    assertEquals(Instant.parse("2026-01-02T05:05:00Z"), s.nextAt());
  }

  @Test
  void aRuleForEverySecondIsDecidedAtOnceAfterAYear() {
    Instant first = Instant.parse("2026-01-02T02:00:00Z");
    Instant now = first.plus(java.time.Duration.ofDays(365));
    FiringDecision decision = FiringDecision.of(schedule("* * * * * *", "UTC", first), now, false);
    assertEquals(List.of(now), decision.fires());
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
