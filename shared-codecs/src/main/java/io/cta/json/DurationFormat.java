package io.cta.json;

import io.cta.error.ServiceFailure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads durations as a whole number and a unit, {@code 500ms 30s 10m 2h 7d}. */
public final class DurationFormat {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private DurationFormat() {}

  /** Reads a duration; a malformed one is an INVALID failure that names {@code field}. */
  public static Duration parse(String field, String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw ServiceFailure.invalid(
          field, "must be a duration such as 500ms, 30s, 10m, 2h, not \"" + text + "\"");
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** The shortest written form that loses nothing at millisecond precision. */
  public static String format(Duration d) {
    long ms = d.toMillis();
    if (ms % 1000 != 0 || ms == 0) {
      return ms + "ms";
    }
    long s = ms / 1000;
    if (s % 3600 == 0) {
      return s / 3600 + "h";
    }
    return s % 60 == 0 ? s / 60 + "m" : s + "s";
  }
}
