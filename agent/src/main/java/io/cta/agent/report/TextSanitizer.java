package io.cta.agent.report;

import io.cta.text.TextCut;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bounds and cleans texts that others wrote. */
public final class TextSanitizer {
  /** What stands for an escape character where that itself is not allowed, as in XML. */
  public static final char ESCAPE_SYMBOL = '\u241b';

  private static final Pattern CONTROL_SEQUENCE =
      Pattern.compile("(?:[\u001b\u241b]|#x1B)\\[[0-9;:?]{0,40}[A-Za-z]|[\u001b\u241b]");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]");
  // a pattern takes a whole pair for one character, so this finds only halves
  private static final Pattern HALF = Pattern.compile("[\ud800-\udfff]");
  private static final int HASH_CHARS = 12;

  private TextSanitizer() {}

  /** The same, but two texts that differ only beyond the bound stay different. */
  public static String distinct(String text, int max) {
    return text == null || text.length() <= max
        ? text
        : TextCut.shortened(text, max - HASH_CHARS) + hash(text).substring(0, HASH_CHARS);
  }

  /** Without what steers terminals, other control characters and halves of characters. */
  public static String clean(String text) {
    if (text == null) {
      return null;
    }
    boolean control = false;
    boolean surrogate = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      control |= c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == ESCAPE_SYMBOL || c == '#';
      surrogate |= Character.isSurrogate(c);
    }
    String out = text;
    if (control) {
      out = CONTROL.matcher(CONTROL_SEQUENCE.matcher(out).replaceAll("")).replaceAll("");
    }
    return surrogate ? HALF.matcher(out).replaceAll("\ufffd") : out;
  }

  /** Null when the text is blank. */
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
