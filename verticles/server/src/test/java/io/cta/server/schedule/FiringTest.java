package io.cta.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.Schedule;
import io.cta.error.ServiceFailure;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FiringTest {
  @ParameterizedTest
  @CsvSource({
    // nextAt, now -> fires, next
    "2026-01-02T02:00:00Z, 2026-01-02T01:59:59Z, false, 2026-01-02T02:00:00Z",
    "2026-01-02T02:00:00Z, 2026-01-02T02:00:00Z, true, 2026-01-03T02:00:00Z",
    "2026-01-02T02:00:00Z, 2026-01-02T02:00:03Z, true, 2026-01-03T02:00:00Z",
    // missed for days: once
    "2026-01-02T02:00:00Z, 2026-01-09T12:00:00Z, true, 2026-01-10T02:00:00Z",
    // new, or of an earlier rule: not at all
    ", 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z",
    "2026-01-02T03:30:00Z, 2026-01-02T12:00:00Z, false, 2026-01-03T02:00:00Z"
  })
  void firesOnceForWhateverIsDue(Instant nextAt, Instant now, boolean fires, Instant next) {
    Firing firing = Firing.of(schedule("0 2 * * *", "UTC", nextAt), now);
    assertEquals(fires, firing.fires());
    assertEquals(next, firing.next().nextAt());
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
    return new Schedule("s", "s", "scenario", cron, zone, true, nextAt, null, null);
  }
}
