package io.cta.agent;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes: a whole number of bytes, or one with {@code KB}, {@code MB} or {@code GB}. */
final class SizeParser {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB)");

  private SizeParser() {}

  /** The bytes, or −1 when the text is no size. */
  static long parse(String text) {
    Matcher m = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!m.matches()) {
      return -1;
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "KB" -> n << 10;
      case "MB" -> n << 20;
      case "GB" -> n << 30;
      default -> n;
    };
  }
}
