package io.cta.cli.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 that comes in pieces: a character that is split between two pieces waits for the
 * second one. Bytes that are not UTF-8 become U+FFFD. One thread.
 */
public final class TextDecoder {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer undecoded = ByteBuffer.allocate(0);

  public String decode(byte[] piece) {
    ByteBuffer in =
        ByteBuffer.allocate(undecoded.remaining() + piece.length).put(undecoded).put(piece);
    in.flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, out, false);
    undecoded = in.slice();
    return out.flip().toString();
  }
}
