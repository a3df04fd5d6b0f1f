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
  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();
  private static final List<String> SUSPENDED = List.of("was suspended for 9 s");

  private final MachineNotices notices = new MachineNotices();

  @Test
  void aSmallChangeOfTheSkewDoesNotChangeTheNotice() {
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
  void anAgentThatDoesNotReportItsTimeHasNoSkew() {
    notices.heard(0, NOW);
    assertEquals(List.of(), notices.texts(List.of(), 0));
  }

  @Test
  void aSuspensionIsShownForAnHour() {
    notices.suspended(Duration.ofSeconds(9), 5);
    assertEquals(SUSPENDED, notices.texts(List.of(), 5 + HOUR_NANOS));
    assertEquals(List.of(), notices.texts(SUSPENDED, 6 + HOUR_NANOS));
    assertEquals(List.of(), notices.texts(SUSPENDED, 7 + HOUR_NANOS));
  }

  @Test
  void aSuspensionThatAnotherNodeStoredIsShownAsLong() {
    assertEquals(SUSPENDED, notices.texts(SUSPENDED, 5));
    assertEquals(SUSPENDED, notices.texts(SUSPENDED, 5 + HOUR_NANOS));
    assertEquals(List.of(), notices.texts(SUSPENDED, 6 + HOUR_NANOS));
  }

  private void heard(long aheadMillis) {
    notices.heard(NOW.plusMillis(aheadMillis).toEpochMilli(), NOW);
  }
}
