package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.server.outgoing.OutgoingAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retry-After is read in both forms, and bounded. */
class RetryAfterHeaderTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "120; -; 120",
        " 7 ; -; 7",
        "0; -; 0",
        "-; -; 0",
        "soon; -; 0",
        "-5; -; 0",
        "1.5; -; 0",
        "99999999999999999999; -; 0",
        "999999999999; -; 43200",
        "Sun, 29 Nov 2026 10:02:00 GMT; -; 120",
        "Sun, 29 Nov 2026 09:00:00 GMT; -; 0",
        "Tue, 01 Dec 2026 10:00:00 GMT; -; 43200",
        "Sun, 29 Nov 2026 11:02:00 GMT; Sun, 29 Nov 2026 11:00:00 GMT; 120",
        "Sun, 29 Nov 2026 11:02:00 GMT; nonsense; 3720",
      })
  void secondsOrADateSayHowLong(String header, String date, long seconds) {
    OutgoingAnswer answer = new OutgoingAnswer(503, header, date, "");
    assertEquals(Duration.ofSeconds(seconds), RetryAfterHeader.of(answer, NOW));
  }
}
