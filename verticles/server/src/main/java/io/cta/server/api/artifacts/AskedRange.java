package io.cta.server.api.artifacts;

import io.cta.server.artifacts.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a content a request wants. Of several parts, of other units and of what is not
 * readable all is sent, as RFC 9110, 14.2 lets a server do. Pure.
 *
 * @param part null for all of it
 * @param satisfiable false when there is no such part
 */
record AskedRange(ByteRange part, boolean satisfiable) {
  static final AskedRange ALL = new AskedRange(null, true);
  private static final AskedRange NOTHING = new AskedRange(null, false);
  private static final Pattern FORM = Pattern.compile("(?i)bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * @param range the header, or null
   * @param ifRange the header If-Range, or null: another entity tag than {@code tag} wants all
   * @param size of the content
   */
  static AskedRange of(String range, String ifRange, String tag, long size) {
    Matcher m = FORM.matcher(range == null ? "" : range.replace(" ", ""));
    boolean other = ifRange != null && !ifRange.strip().equals(tag);
    if (size == 0 || other || !m.matches()) {
      return ALL;
    }
    String first = m.group(1);
    String last = m.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? ALL : ending(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Long.parseLong(last);
    if (!last.isEmpty() && to < from) {
      return ALL; // not readable
    }
    return from >= size
        ? NOTHING
        : new AskedRange(new ByteRange(from, Math.min(to, size - 1) - from + 1), true);
  }

  private static AskedRange ending(long count, long size) {
    long length = Math.min(count, size);
    return length == 0 ? NOTHING : new AskedRange(new ByteRange(size - length, length), true);
  }
}
