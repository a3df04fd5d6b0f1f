package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import java.time.Duration;
import java.time.Instant;
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
  void aReportThatNobodyTakesEndsWithinADay() {
    Delivery report = DeliveryBuilder.builder().id("r").state(DeliveryState.WAITING).build();
    DeliveryAttempt refused = new DeliveryAttempt(Instant.EPOCH, 502, "busy", 1);
    while (report.state() == DeliveryState.WAITING) {
      Duration pause = ReportPauses.after(report.attempts().size() + 1, Duration.ZERO, 0.5);
      report = DeliverySchedule.after(report, refused, false, pause, Instant.EPOCH);
    }
    assertEquals(DeliveryState.FAILED, report.state());
    assertTrue(report.waited().compareTo(Duration.ofHours(22)) > 0, report.waited()::toString);
    assertTrue(report.waited().compareTo(Duration.ofDays(1)) <= 0, report.waited()::toString);
  }

  @Test
  void aForgeIsNeverAskedEarlierThanItWants() {
    assertEquals(Duration.ofSeconds(40), ReportPauses.after(1, Duration.ofSeconds(40), 0.5));
    assertTrue(
        ReportPauses.after(14, Duration.ofSeconds(40), 0.5).compareTo(Duration.ofMinutes(59)) > 0);
  }
}
