package io.cta.agent.report.xml;

import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads characters, and can look at some before they are taken. */
final class CharWindow {
  private static final int AHEAD_CHARS = 80;
  private static final Pattern REFERENCE =
      Pattern.compile("(#[0-9]{1,10}|#x[0-9a-fA-F]{1,10}|[A-Za-z_:][A-Za-z0-9_:.-]{0,60});.*");

  private final Reader in;
  private final char[] chars = new char[16_384];
  private int at;
  private int end;

  CharWindow(Reader in) {
    this.in = in;
  }

  /** The next character, or -1 at the end. */
  int next() throws IOException {
    if (at == end && !fill(1)) {
      return -1;
    }
    return chars[at++];
  }

  /** A character further on, at most {@link #AHEAD_CHARS}; or -1 when the end is before it. */
  int peek(int ahead) throws IOException {
    return at + ahead < end || fill(ahead + 1) ? chars[at + ahead] : -1;
  }

  /** Takes a word if it comes next. */
  boolean skip(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      if (peek(i) != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  void skipPast(String word) throws IOException {
    while (!skip(word)) {
      if (next() < 0) {
        return;
      }
    }
  }

  /** Takes the name of a reference with its semicolon, if one comes next; else null. */
  String reference() throws IOException {
    fill(AHEAD_CHARS);
    CharSequence ahead = new String(chars, at, Math.min(AHEAD_CHARS, end - at));
    int semicolon = ahead.toString().indexOf(';');
    if (semicolon < 0) {
      return null;
    }
    Matcher reference = REFERENCE.matcher(ahead.subSequence(0, semicolon + 1));
    if (!reference.matches()) {
      return null;
    }
    at += semicolon + 1;
    return reference.group(1);
  }

  void close() throws IOException {
    in.close();
  }

  /** Buffers so many characters; false when the end comes before. */
  private boolean fill(int count) throws IOException {
    if (end - at >= count) {
      return true;
    }
    System.arraycopy(chars, at, chars, 0, end - at);
    end -= at;
    at = 0;
    while (end < count) {
      int n = in.read(chars, end, chars.length - end);
      if (n < 0) {
        return false;
      }
      end += n;
    }
    return true;
  }
}
