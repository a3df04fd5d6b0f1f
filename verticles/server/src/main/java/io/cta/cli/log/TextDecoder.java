package io.cta.cli.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes text of UTF-8 that comes in pieces: a character that two pieces share waits for the second
 * one. What is no UTF-8 becomes U+FFFD. One thread.
 */
public final class TextDecoder {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer begun = ByteBuffer.allocate(0);

  public String decode(byte[] piece) {
    ByteBuffer in = ByteBuffer.allocate(begun.remaining() + piece.length).put(begun).put(piece);
    in.flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, out, false);
    begun = in.slice();
    return out.flip().toString();
  }
}
