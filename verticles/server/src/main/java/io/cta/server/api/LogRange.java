package io.cta.server.api;

import io.cta.domain.LogChunk;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** The bytes of stored chunks. Pure; chunks are small enough to unpack on an event loop. */
final class LogRange {
  private static final int MAX_UNPACKED = 8 * 1024 * 1024;

  private LogRange() {}

  /** What of a chunk lies at {@code from} or later, {@code limit} bytes at most. */
  static Buffer bytes(LogChunk chunk, long from, long limit) {
    if (chunk.gap()) {
      return Buffer.buffer("\n[" + chunk.size() + " bytes of output were left out]\n");
    }
    byte[] all = unpack(chunk.data());
    int start = (int) Math.min(all.length, Math.max(0, from - chunk.offset()));
    int end = (int) Math.min(all.length, start + limit);
    return Buffer.buffer(end - start).appendBytes(all, start, end - start);
  }

  /** The offset to go on with, after so many bytes of the chunk were taken. */
  static long next(LogChunk chunk, long from, int taken) {
    return chunk.gap() || taken == 0 ? end(chunk) : Math.max(from, chunk.offset()) + taken;
  }

  static long end(LogChunk chunk) {
    return chunk.offset() + chunk.size();
  }

  private static byte[] unpack(String data) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      return in.readNBytes(MAX_UNPACKED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
