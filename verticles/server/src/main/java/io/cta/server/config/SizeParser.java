package io.cta.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes: a whole number and a unit, {@code 512B 64KB 16MB 1GB}. */
final class SizeParser {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");

  private SizeParser() {}

  /** The size in bytes; 1 KB is 1,024 bytes. */
  static long parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "B" -> n;
      case "KB" -> n << 10;
      case "MB" -> n << 20;
      default -> n << 30;
    };
  }
}
