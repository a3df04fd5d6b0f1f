package io.cta.agent.report;

/** Bounds texts that others wrote. */
public final class Text {
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
}
