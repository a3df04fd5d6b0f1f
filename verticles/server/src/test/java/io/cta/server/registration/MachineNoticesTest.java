package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineNoticesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final List<String> SLEPT = List.of("was suspended for 9 s");

  private final MachineNotices notices = new MachineNotices();

  @Test
  void aSkewThatWaversIsNotSaidAnewEachTime() {
    heard(60_000);
    List<String> said = notices.texts(List.of(), 0);
    heard(64_000);
    assertEquals(said, notices.texts(said, 1));
    heard(66_000);
    assertEquals(List.of("its clock is 66 s ahead of the server's"), notices.texts(said, 1));
    heard(29_000);
    assertEquals(List.of(), notices.texts(said, 1));
  }

  @Test
  void whoDoesNotSayItsTimeHasNoSkew() {
    notices.heard(0, NOW);
    assertEquals(List.of(), notices.texts(List.of(), 0));
  }

  @Test
  void aSleepIsShownForAnHour() {
    notices.suspended(Duration.ofSeconds(9), 5);
    assertEquals(SLEPT, notices.texts(List.of(), 5 + HOUR));
    assertEquals(List.of(), notices.texts(SLEPT, 6 + HOUR));
    assertEquals(List.of(), notices.texts(SLEPT, 7 + HOUR));
  }

  @Test
  void aSleepThatAnotherNodeWroteStaysAsLong() {
    assertEquals(SLEPT, notices.texts(SLEPT, 5));
    assertEquals(SLEPT, notices.texts(SLEPT, 5 + HOUR));
    assertEquals(List.of(), notices.texts(SLEPT, 6 + HOUR));
  }

  private void heard(long ahead) {
    notices.heard(NOW.plusMillis(ahead).toEpochMilli(), NOW);
  }
}
