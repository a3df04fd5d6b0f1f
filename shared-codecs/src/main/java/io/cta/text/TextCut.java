package io.cta.text;

/**
 * Makes texts short without leaving half of a character at the end. Returns null for null. Pure.
 */
public final class TextCut {
  private static final String MORE = "…";

  private TextCut() {}

  /** The first {@code max} chars, or one less where the last would be half of a pair. */
  public static String beginning(String text, int max) {
    if (text == null || text.length() <= max) {
      return text;
    }
    boolean half = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
    return text.substring(0, half ? max - 1 : max);
  }

  /** At most {@code max} chars, of which the last is an ellipsis when there are more. */
  public static String shortened(String text, int max) {
    return text == null || text.length() <= max ? text : beginning(text, max - 1) + MORE;
  }

  /** The first {@code max} chars, with an ellipsis behind them when there are more. */
  public static String marked(String text, int max) {
    return text == null || text.length() <= max ? text : beginning(text, max) + MORE;
  }

  /** As {@link #shortened}, for programs that count code points. */
  public static String shortenedByCodePoints(String text, int max) {
    return text == null || text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max - 1)) + MORE;
  }
}
