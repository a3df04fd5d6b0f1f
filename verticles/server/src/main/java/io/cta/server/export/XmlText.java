package io.cta.server.export;

/**
 * Writes texts that others made into XML 1.0. What XML does not allow, and halves of characters,
 * become U+FFFD. Pure.
 */
final class XmlText {
  private static final char REPLACEMENT = '\ufffd';

  private XmlText() {}

  /** Appends a text between tags, or in an attribute, where line breaks stay what they are. */
  static void append(StringBuilder out, String text, boolean attribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\n' -> out.append(attribute ? "&#10;" : "\n");
        case '\t' -> out.append(attribute ? "&#9;" : "\t");
        // a plain one would become a line feed
        case '\r' -> out.append("&#13;");
        default -> i += appendOther(out, text, i);
      }
    }
  }

  /** Returns how many more characters it has taken. */
  private static int appendOther(StringBuilder out, String text, int i) {
    char c = text.charAt(i);
    boolean pair =
        Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
    if (pair) {
      out.append(c).append(text.charAt(i + 1));
      return 1;
    }
    boolean allowed = c >= ' ' && c <= '\ud7ff' || c >= '\ue000' && c <= '\ufffd';
    out.append(allowed ? c : REPLACEMENT);
    return 0;
  }
}
