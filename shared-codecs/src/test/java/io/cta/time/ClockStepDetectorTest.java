package io.cta.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ClockStepDetectorTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    // the wall clock moved by, the ticker by, step; milliseconds
    "1000, 1000, 0",
    "0, 1000, 0",
    "6000, 1000, 0",
    "6001, 1000, 5001",
    "-4000, 1000, 0",
    "-4001, 1000, -5001",
    "62000, 2000, 60000",
    "7200000, 0, 7200000",
    "-7199000, 1000, -7200000",
    // a process that was stopped for a day: both went on
    "86400000, 86400000, 0"
  })
  void aStepIsWhatTheWallClockMovedMore(long wall, long ticks, long step) {
    ClockStepDetector steps = steps(BEGIN, 0);
    Optional<Duration> found =
        steps.look(BEGIN.plusMillis(wall), TimeUnit.MILLISECONDS.toNanos(ticks));
    assertEquals(step, found.map(Duration::toMillis).orElse(0L));
  }

  @Test
  void aStepIsSaidOnceAndATickerMayOverflow() {
    long nanos = Long.MAX_VALUE - 10;
    ClockStepDetector steps = steps(BEGIN, nanos);
    assertEquals(
        Optional.of(Duration.ofHours(2)),
        steps.look(BEGIN.plusSeconds(7_201), nanos + 1_000_000_000));
    assertEquals(Optional.empty(), steps.look(BEGIN.plusSeconds(7_202), nanos + 2_000_000_000));
  }

  @Test
  void whateverTheLooksTheStepsAddUp() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Duration made = Duration.ZERO;
      Duration found = Duration.ZERO;
      Instant wall = BEGIN;
      long nanos = random.nextLong();
      ClockStepDetector steps = steps(wall, nanos);
      for (int look = 0; look < 100; look++) {
        Duration passed = Duration.ofMillis(random.nextInt(3_000));
        Duration step =
            random.nextInt(5) == 0
                ? Duration.ofSeconds((6 + random.nextInt(9_000)) * (random.nextBoolean() ? 1 : -1))
                : Duration.ZERO;
        made = made.plus(step);
        wall = wall.plus(passed).plus(step);
        nanos += passed.toNanos();
        found = found.plus(steps.look(wall, nanos).orElse(Duration.ZERO));
      }
      assertEquals(made, found, "seed " + seed);
    }
  }

  private static ClockStepDetector steps(Instant wall, long nanos) {
    return new ClockStepDetector(Duration.ofSeconds(5), wall, nanos);
  }
}
