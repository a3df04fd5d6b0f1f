package io.cta.s3;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Encodes keys and parameters so that what is sent is what is signed: each byte but those of RFC
 * 3986's unreserved characters, once. Pure.
 */
final class S3Encoding {
  private static final String UNRESERVED = "-._~";

  private S3Encoding() {}

  /** A key as a path; slashes stay, also several. */
  static String path(String key) {
    return encoded(key, true);
  }

  static String parameter(String text) {
    return encoded(text, false);
  }

  /** The parameters of a request in the order in which they are signed. */
  static String query(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(one -> parameter(one.getKey()) + "=" + parameter(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text, boolean slashes) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || UNRESERVED.indexOf(c) >= 0
              || slashes && c == '/';
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return out.toString();
  }
}
