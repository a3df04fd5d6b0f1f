package io.cta.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names of files and keys of objects, made of any text. What some system does not take in them is
 * percent-encoded, so that two texts never become one name. Pure.
 */
public final class PathSegment {
  private static final String ENCODED = "\\:*?\"<>|%";

  private PathSegment() {}

  /** One part of a path, without a slash in it. */
  public static String of(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      return "%" + text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '/' || ENCODED.indexOf(c) >= 0) {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  out.append(String.format(Locale.ROOT, "%%%02X", one));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
