package io.cta.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DurationFormatTest {
  @ParameterizedTest
  @CsvSource({
    "500ms,500,500ms",
    "0s,0,0ms",
    "30s,30000,30s",
    "90s,90000,90s",
    "10m,600000,10m",
    "2h,7200000,2h",
    "120m,7200000,2h",
    "7d,604800000,168h",
    "1001ms,1001,1001ms"
  })
  void readsAndWrites(String text, long millis, String written) {
    Duration duration = DurationFormat.parse("timeout", text);
    assertEquals(Duration.ofMillis(millis), duration);
    assertEquals(written, DurationFormat.format(duration));
    assertEquals(duration, DurationFormat.parse("timeout", written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-1s", "1.5h", "5 s", "5S", "PT5S", "5w", "9999999999999s", "٣s"})
  void refusesOtherFormsNamingTheField(String text) {
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> DurationFormat.parse("timeouts.running", text));
    assertEquals(ErrorCode.INVALID, refused.code());
    assertEquals("timeouts.running", refused.field());
  }
}
