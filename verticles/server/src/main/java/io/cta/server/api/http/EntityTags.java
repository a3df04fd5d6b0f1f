package io.cta.server.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of an {@code If-Match}. Pure. */
final class EntityTags {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

  private EntityTags() {}

  /**
   * True if one of the tags is the stored one, or the header is {@code *}. Behind a proxy that
   * compresses, a tag comes back as a weak one.
   */
  static boolean any(String wanted, String stored) {
    if (wanted.strip().equals("*")) {
      return true;
    }
    Matcher tags = TAG.matcher(wanted);
    while (tags.find()) {
      if (tags.group(1).equals(stored)) {
        return true;
      }
    }
    return false;
  }
}
