package io.cta.server.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.StringJoiner;

/** Texts as mail takes them. Pure. */
public final class MailText {
  /** RFC 5322, 2.1.1. */
  private static final int MAX_LINE = 78;

  /** Its encoded word and the name of a short header fit in the 76 characters of RFC 2047. */
  private static final int MAX_WORD_BYTES = 39;

  private MailText() {}

  /** What could begin another header, or control a terminal, becomes a blank. */
  public static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
  }

  /** Every line ends in LF, which the library turns into CR LF, whatever ended it before. */
  static String lf(String text) {
    return text.replaceAll("\r\n|\r", "\n");
  }

  /**
   * As {@link #lf}, with a no-break space at the end if the library would leave long lines as they
   * are, which it does in plain ASCII.
   */
  static String body(String text) {
    String lines = lf(text);
    boolean ascii = lines.chars().allMatch(c -> c < 128);
    return ascii && lines.lines().anyMatch(line -> line.length() > MAX_LINE)
        ? lines + "\u00a0"
        : lines;
  }

  /**
   * A header's text as encoded words (RFC 2047), or as it is if it is short ASCII.
   *
   * @param name the header's, without the colon
   */
  static String header(String name, String text) {
    String line = line(text);
    boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 127) && !line.contains("=?");
    if (plain && name.length() + 2 + line.length() <= MAX_LINE) {
      return line;
    }
    StringJoiner words = new StringJoiner("\r\n ");
    StringBuilder word = new StringBuilder();
    int bytes = 0;
    for (int c : line.codePoints().toArray()) {
      int more = Character.toString(c).getBytes(UTF_8).length;
      if (bytes + more > MAX_WORD_BYTES) {
        words.add(word(word));
        word.setLength(0);
        bytes = 0;
      }
      word.appendCodePoint(c);
      bytes += more;
    }
    return words.add(word(word)).toString();
  }

  private static String word(CharSequence text) {
    byte[] bytes = text.toString().getBytes(UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
