package io.cta.agent.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bounds and cleans texts that others wrote. */
public final class Text {
  /** What stands for an escape character where that itself is not allowed, as in XML. */
  public static final char ESCAPE_SYMBOL = '\u241b';

  private static final Pattern CONTROL_SEQUENCE =
      Pattern.compile("(?:[\u001b\u241b]|#x1B)\\[[0-9;:?]{0,40}[A-Za-z]|[\u001b\u241b]");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]");
  private static final int HASH = 12;

  private Text() {}

  /** The text, or its beginning and an ellipsis when it is longer than {@code max}. */
  public static String bounded(String text, int max) {
    if (text == null || text.length() <= max) {
      return text;
    }
    int end = max - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** The same, but two texts that differ only beyond the bound stay different. */
  public static String distinct(String text, int max) {
    return text == null || text.length() <= max
        ? text
        : bounded(text, max - HASH) + hash(text).substring(0, HASH);
  }

  /** Without what steers terminals and without other control characters. */
  public static String clean(String text) {
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == ESCAPE_SYMBOL || c == '#') {
        String plain = CONTROL_SEQUENCE.matcher(text).replaceAll("");
        return CONTROL.matcher(plain).replaceAll("");
      }
    }
    return text;
  }

  /** Null when there is nothing in it. */
  public static String orNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
