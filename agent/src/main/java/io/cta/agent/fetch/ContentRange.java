package io.cta.agent.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file an answer has. Source: RFC 9110, 14.4. Pure.
 *
 * @param begin the first byte
 * @param end the last byte
 * @param total bytes of the whole file
 */
record ContentRange(long begin, long end, long total) {
  private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** Empty for a range that is malformed, or does not say how long the whole file is. */
  static Optional<ContentRange> parse(String header) {
    Matcher m = FORM.matcher(header.strip());
    return m.matches()
        ? Optional.of(
            new ContentRange(
                Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), Long.parseLong(m.group(3))))
        : Optional.empty();
  }

  /** Whether it is all that is missing behind so many bytes. */
  boolean isRestBehind(long offset) {
    return begin == offset && end == total - 1 && begin <= end;
  }
}
