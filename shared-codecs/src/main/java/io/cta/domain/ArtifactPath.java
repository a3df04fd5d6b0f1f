package io.cta.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The names that an artifact may have: a relative path with slashes that stays below any directory
 * it is written to, on every operating system, and that no terminal or page shows as something
 * else. Pure.
 */
public final class ArtifactPath {
  public static final int MAX_CHARS = 1000;

  private static final int MAX_SEGMENT_BYTES = 255;

  private ArtifactPath() {}

  /** The rule that a path breaks, to be put behind the name of its field; null when it is good. */
  public static String problem(String path) {
    if (path == null || path.isEmpty()) {
      return "is required";
    }
    if (path.length() > MAX_CHARS) {
      return "must have at most " + MAX_CHARS + " characters";
    }
    if (path.codePoints().anyMatch(ArtifactPath::isHidden)) {
      return "must have no control characters";
    }
    if (path.indexOf('\\') >= 0 || path.matches("[A-Za-z]:.*")) {
      return "must be a relative path with slashes";
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "must be a relative path without empty, . or .. segments";
      }
      if (segment.toLowerCase(Locale.ROOT).equals(".git")) {
        return "must not be below .git";
      }
      if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
        return "must have segments of at most " + MAX_SEGMENT_BYTES + " bytes";
      }
    }
    return null;
  }

  /** Whether a character is shown as nothing, changes the direction of text, or is none. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
