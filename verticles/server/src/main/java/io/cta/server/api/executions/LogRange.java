package io.cta.server.api.executions;

import io.cta.domain.LogChunk;
import io.cta.message.LogBytes;
import io.vertx.core.buffer.Buffer;

/**
 * Cuts ranges of bytes out of stored chunks. Pure; chunks are small enough to unpack on an event
 * loop.
 */
final class LogRange {
  private LogRange() {}

  /** The bytes of a chunk at {@code from} or later, at most {@code limit}. */
  static Buffer bytes(LogChunk chunk, long from, long limit) {
    if (chunk.gap()) {
      return Buffer.buffer("\n[" + chunk.size() + " bytes of output were left out]\n");
    }
    byte[] all = LogBytes.unpack(chunk.data(), chunk.size());
    int start = (int) Math.min(all.length, Math.max(0, from - chunk.offset()));
    int end = (int) Math.min(all.length, start + limit);
    return Buffer.buffer(end - start).appendBytes(all, start, end - start);
  }

  /** The offset at which to continue after {@code taken} bytes of the chunk. */
  static long next(LogChunk chunk, long from, int taken) {
    return chunk.gap() || taken == 0 ? end(chunk) : Math.max(from, chunk.offset()) + taken;
  }

  static long end(LogChunk chunk) {
    return chunk.offset() + chunk.size();
  }
}
