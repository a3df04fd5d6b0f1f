package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a report waits before it is sent again. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ReportPausesTest {
  @ParameterizedTest
  @CsvSource({"1,500", "2,1000", "3,2000", "10,256000", "13,2048000", "14,3600000", "500,3600000"})
  void theyDoubleFromHalfASecondToAnHour(int made, long millis) {
    assertEquals(Duration.ofMillis(millis), ReportPauses.after(made, Duration.ZERO, 0.5));
  }

  @Test
  void theyAreSpreadByATenth() {
    assertEquals(Duration.ofMillis(450), ReportPauses.after(1, Duration.ZERO, 0));
    assertEquals(Duration.ofMillis(550), ReportPauses.after(1, Duration.ZERO, 1));
  }

  @Test
  void aForgeIsNeverAskedEarlierThanItWants() {
    assertEquals(Duration.ofSeconds(40), ReportPauses.after(1, Duration.ofSeconds(40), 0.5));
    assertTrue(
        ReportPauses.after(14, Duration.ofSeconds(40), 0.5).compareTo(Duration.ofMinutes(59)) > 0);
  }
}
