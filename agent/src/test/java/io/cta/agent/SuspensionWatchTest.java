package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SuspensionWatchTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    // wall clock, ticker, suspended for; milliseconds
    "5000, 5000, 0",
    "14999, 14999, 0",
    // stopped, as by SIGSTOP
    "15000, 15000, 10000",
    "139000, 139000, 134000",
    // asleep: the ticker stood still
    "14999, 5000, 0",
    "15000, 5000, 10000",
    "7205000, 5000, 7200000",
    // set back is no sleep
    "-7195000, 5000, 0",
    // asleep, and late by then
    "120000, 20000, 115000"
  })
  void aLateTickOrAWallClockThatRanAheadIsASleep(long wall, long ticks, long suspended) {
    SuspensionWatch watch = new SuspensionWatch(BEGIN, 7);
    Optional<Duration> found =
        watch.tick(BEGIN.plusMillis(wall), 7 + TimeUnit.MILLISECONDS.toNanos(ticks));
    assertEquals(suspended, found.map(Duration::toMillis).orElse(0L));
  }

  @Test
  void aSleepIsReportedOnce() {
    SuspensionWatch watch = new SuspensionWatch(BEGIN, 0);
    watch.tick(BEGIN.plusSeconds(105), 5_000_000_000L);
    assertEquals(Optional.empty(), watch.tick(BEGIN.plusSeconds(110), 10_000_000_000L));
  }
}
