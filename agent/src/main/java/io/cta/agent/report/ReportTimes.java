package io.cta.agent.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations as reports write them. A text that has two readings has no duration. */
public final class ReportTimes {
  private static final int MAX_CHARS = 40;
  private static final double MAX_SECONDS = 10 * 365 * 86_400.0;
  private static final Pattern PLAIN =
      Pattern.compile("\\+?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern GROUPED =
      Pattern.compile("(\\d{1,3}(?:([,.'’\u00a0\u202f ])\\d{3})(?:\\2\\d{3})*)(?:([.,])(\\d+))?");
  private static final Pattern COMMA = Pattern.compile("(\\d+),(\\d+)");
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,5})\\.)?(\\d{1,4}):(\\d{1,2}):(\\d{1,2}(?:\\.\\d+)?)");

  private ReportTimes() {}

  /** Milliseconds of a number of seconds, in any language's way of writing one; or null. */
  public static Long millis(String seconds) {
    if (seconds == null || seconds.length() > MAX_CHARS) {
      return null;
    }
    String text = seconds.strip();
    if (PLAIN.matcher(text).matches()) {
      return ofSeconds(Double.parseDouble(text));
    }
    Matcher comma = COMMA.matcher(text);
    if (comma.matches()) {
      return ofComma(comma.group(1), comma.group(2));
    }
    Matcher grouped = GROUPED.matcher(text);
    if (grouped.matches() && !grouped.group(2).equals(grouped.group(3))) {
      String whole = grouped.group(1).replaceAll("\\D", "");
      String part = grouped.group(4) == null ? "0" : grouped.group(4);
      return ofSeconds(Double.parseDouble(whole + "." + part));
    }
    return null;
  }

  /** Milliseconds of a number of them, or null. */
  public static Long ofMillis(double millis) {
    return ofSeconds(millis / 1000);
  }

  public static Long ofSeconds(double seconds) {
    return seconds >= 0 && seconds <= MAX_SECONDS ? (Long) Math.round(seconds * 1000) : null;
  }

  /** Milliseconds of {@code hours:minutes:seconds}, perhaps with days in front; or null. */
  public static Long ofClock(String text) {
    Matcher clock = CLOCK.matcher(text == null ? "" : text.strip());
    if (!clock.matches()) {
      return null;
    }
    double days = clock.group(1) == null ? 0 : Double.parseDouble(clock.group(1));
    double hours = days * 24 + Double.parseDouble(clock.group(2));
    double minutes = hours * 60 + Double.parseDouble(clock.group(3));
    return ofSeconds(minutes * 60 + Double.parseDouble(clock.group(4)));
  }

  /** A comma is the decimal one unless it could as well separate thousands. */
  private static Long ofComma(String whole, String part) {
    boolean thousands = part.length() == 3 && whole.length() <= 3 && !whole.startsWith("0");
    return thousands ? null : ofSeconds(Double.parseDouble(whole + "." + part));
  }
}
