package io.cta.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Writes and reads instants in UTC with exactly three fraction digits, so that texts sort by time:
 * {@code 2026-11-28T14:29:07.120Z}. The years 0 to 9999 are converted by hand for speed, because
 * each event and each stored document has several instants; {@link DateTimeFormatter} does the
 * rest. Pure.
 */
public final class InstantText {
  private static final DateTimeFormatter ANY =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final String FORM = "0000-00-00T00:00:00.000Z";
  private static final int MAX_YEAR = 9_999;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private InstantText() {}

  public static String format(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds < LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC)
        || seconds > LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC)) {
      return ANY.format(instant);
    }
    LocalDateTime at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > MAX_YEAR) {
      return ANY.format(instant);
    }
    byte[] out = new byte[FORM.length()];
    put(out, 0, 4, at.getYear());
    out[4] = '-';
    put(out, 5, 2, at.getMonthValue());
    out[7] = '-';
    put(out, 8, 2, at.getDayOfMonth());
    out[10] = 'T';
    put(out, 11, 2, at.getHour());
    out[13] = ':';
    put(out, 14, 2, at.getMinute());
    out[16] = ':';
    put(out, 17, 2, at.getSecond());
    out[19] = '.';
    put(out, 20, 3, instant.getNano() / NANOS_PER_MILLI);
    out[23] = 'Z';
    return new String(out, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Reads any instant that {@link Instant#parse} reads; fails as it does. */
  public static Instant parse(String text) {
    if (!hasForm(text)) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1 || day > 28) {
      return Instant.parse(text); // rare or invalid
    }
    long days = LocalDate.of(number(text, 0, 4), month, day).toEpochDay();
    long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    return Instant.ofEpochSecond(seconds, (long) number(text, 20, 3) * NANOS_PER_MILLI);
  }

  private static boolean hasForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char wanted = FORM.charAt(i);
      char found = text.charAt(i);
      if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return true;
  }

  private static void put(byte[] out, int at, int digits, int number) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int number(String text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
