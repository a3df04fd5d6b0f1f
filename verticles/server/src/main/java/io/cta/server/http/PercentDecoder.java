package io.cta.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes text with bytes written as {@code %41}; a plus sign stays a plus sign. Pure. */
public final class PercentDecoder {
  private PercentDecoder() {}

  /** Decodes once; throws IllegalArgumentException for a malformed code or invalid UTF-8. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes.put((byte) (hex(text, i + 1) << 4 | hex(text, i + 2)));
        i += 3;
      } else {
        int next = text.offsetByCodePoints(i, 1);
        bytes.put(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0 || text.charAt(at) > 'f') {
      throw new IllegalArgumentException("a % without two hexadecimal digits");
    }
    return digit;
  }
}
