package io.cta.server.live;

import io.cta.domain.LogChunk;
import io.cta.message.LogBytes;
import io.cta.server.view.live.LogTextView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes the chunks of one log into text. A character that two chunks share is sent with the
 * second; offsets and sizes still count bytes. Not thread-safe.
 */
final class LogTextDecoder {
  private static final byte[] NOTHING = {};

  private byte[] pending = NOTHING;
  private int attempt = -1;
  private long end = -1;

  LogTextView read(LogChunk chunk) {
    if (chunk.gap() || chunk.data() == null) {
      pending = NOTHING;
      end = -1;
      return LogTextView.gap(chunk);
    }
    boolean next = chunk.attempt() == attempt && chunk.offset() == end;
    byte[] before = next ? pending : NOTHING;
    byte[] bytes = concat(before, LogBytes.unpack(chunk.data(), chunk.size()));
    int from = next ? 0 : continuation(bytes);
    int until = bytes.length - incomplete(bytes);
    int start = Math.min(from, until);
    attempt = chunk.attempt();
    end = chunk.offset() + chunk.size();
    pending = Arrays.copyOfRange(bytes, until, bytes.length);
    String text = new String(bytes, start, until - start, StandardCharsets.UTF_8);
    return LogTextView.text(chunk, chunk.offset() - before.length + start, until - start, text);
  }

  /**
   * How many bytes at the start belong to a character that began in an earlier chunk, at most
   * three.
   */
  private static int continuation(byte[] b) {
    int i = 0;
    while (i < b.length && i < 3 && (b[i] & 0xC0) == 0x80) {
      i++;
    }
    return i;
  }

  /** How many bytes at the end begin a character that the next chunk completes, at most three. */
  private static int incomplete(byte[] b) {
    for (int back = 1; back <= 3 && back <= b.length; back++) {
      int lead = b[b.length - back] & 0xFF;
      if (lead >= 0xC0) {
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        return back < length ? back : 0;
      }
      if (lead < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    if (a.length == 0) {
      return b;
    }
    byte[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
