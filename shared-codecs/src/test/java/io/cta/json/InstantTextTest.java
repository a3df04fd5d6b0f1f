package io.cta.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instants are written and read exactly as the JDK's own formatter and parser do. */
@Timeout(30)
class InstantTextTest {
  private static final DateTimeFormatter JDK =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "2024-02-29T23:59:59.9999Z",
        "2026-11-28T14:29:07.120Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z"
      })
  void textIsThatOfTheJdk(String text) {
    Instant instant = Instant.parse(text);
    assertEquals(JDK.format(instant), InstantText.format(instant));
    assertEquals(instant, InstantText.parse(text));
  }

  @Test
  void theFarthestInstantsAreWrittenToo() {
    assertEquals(JDK.format(Instant.MAX), InstantText.format(Instant.MAX));
    assertEquals(JDK.format(Instant.MIN), InstantText.format(Instant.MIN));
  }

  @Test
  void anyInstantOfFourYearDigitsComesBack() {
    Random random = new Random(15);
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 100_000; i++) {
      long second = first + (long) (random.nextDouble() * (last - first));
      Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000L);
      String text = InstantText.format(instant);
      assertEquals(JDK.format(instant), text);
      assertEquals(instant, InstantText.parse(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-10T00:00:00.000Z",
        "2026-01-32T00:00:00.000Z",
        "2026-01-01T25:00:00.000Z",
        "2026-01-01T00:60:00.000Z",
        "2026-01-01T00:00:61.000Z",
        "2026-01-01 00:00:00.000Z",
        "2026-01-01T00:00:00.000z ",
        ""
      })
  void whatIsNoInstantIsRefused(String text) {
    assertThrows(DateTimeParseException.class, () -> InstantText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T10:00:00.000Z",
        "2026-01-31T24:00:00.000Z",
        "2026-12-31T23:59:59.999Z",
        "2026-11-28T14:29:07Z",
        "2026-11-28T14:29:07.123456789Z"
      })
  void whatTheJdkReadsIsReadTheSame(String text) {
    assertEquals(Instant.parse(text), InstantText.parse(text));
  }
}
