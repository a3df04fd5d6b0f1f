package io.cta.message;

import io.cta.error.ServiceFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** The bytes in a piece of output: gzip, base64. Nothing is unpacked beyond what is allowed. */
public final class LogBytes {
  /** Bytes of output in one piece; agents send a sixteenth of that. */
  public static final int MAX_SIZE = 1024 * 1024;

  private static final long MAX_OFFSET = 1L << 42;
  private static final int MAX_SEQ = 99_999_999;
  private static final int SMALLEST_GZIP = 20;
  private static final byte[] NOTHING = {};

  private LogBytes() {}

  /** Fails with INVALID, naming the field, unless the piece is what it says. Unpacks nothing. */
  public static void check(LogWritten log) {
    if (log.seq() < 0 || log.seq() > MAX_SEQ) {
      throw ServiceFailure.invalid("seq", "must be between 0 and " + MAX_SEQ);
    }
    if (log.offset() < 0 || log.offset() > MAX_OFFSET) {
      throw ServiceFailure.invalid("offset", "must be between 0 and " + MAX_OFFSET);
    }
    if (log.size() < 0) {
      throw ServiceFailure.invalid("size", "must not be negative");
    }
    if (!log.gap()) {
      data(log.data(), log.size());
    }
  }

  private static void data(String data, int size) {
    if (data == null || data.isEmpty()) {
      throw ServiceFailure.invalid("data", "is required");
    }
    if (size > MAX_SIZE) {
      throw ServiceFailure.invalid("size", "must be at most " + MAX_SIZE);
    }
    byte[] packed;
    try {
      packed = Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid("data", "must be base64");
    }
    int n = packed.length;
    if (n < SMALLEST_GZIP || packed[0] != 0x1f || packed[1] != (byte) 0x8b) {
      throw ServiceFailure.invalid("data", "must be gzip");
    }
    int said =
        packed[n - 4] & 0xff
            | (packed[n - 3] & 0xff) << 8
            | (packed[n - 2] & 0xff) << 16
            | (packed[n - 1] & 0xff) << 24;
    if (said != size) {
      throw ServiceFailure.invalid("data", "must have the size that is said");
    }
  }

  /** At most {@code size} bytes, whatever the data would become; none when it is damaged. */
  public static byte[] unpack(String data, int size) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      return in.readNBytes(Math.max(0, Math.min(size, MAX_SIZE)));
    } catch (IOException | IllegalArgumentException e) {
      return NOTHING;
    }
  }
}
