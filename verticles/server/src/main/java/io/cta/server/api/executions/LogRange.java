package io.cta.server.api.executions;

import io.cta.domain.LogChunk;
import io.cta.message.LogBytes;
import io.vertx.core.buffer.Buffer;

/** The bytes of stored chunks. Pure; chunks are small enough to unpack on an event loop. */
final class LogRange {
  private LogRange() {}

  /** What of a chunk lies at {@code from} or later, {@code limit} bytes at most. */
  static Buffer bytes(LogChunk chunk, long from, long limit) {
    if (chunk.gap()) {
      return Buffer.buffer("\n[" + chunk.size() + " bytes of output were left out]\n");
    }
    byte[] all = LogBytes.unpack(chunk.data(), chunk.size());
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
}
