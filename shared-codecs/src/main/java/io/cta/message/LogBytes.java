package io.cta.message;

import io.cta.error.ServiceFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * Checks and unpacks the bytes in a piece of output: gzip, base64. Never unpacks more than is
 * allowed.
 */
public final class LogBytes {
  /** Bytes of output in one piece; agents send a sixteenth of that. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final long MAX_OFFSET_BYTES = 1L << 42;
  private static final int MAX_SEQ = 99_999_999;
  private static final int MIN_GZIP_BYTES = 20;
  private static final byte[] NOTHING = {};

  private LogBytes() {}

  /**
   * Fails with INVALID, naming the field, when a number is out of range or the data does not have
   * the stated size. Unpacks nothing.
   */
  public static void check(LogWritten log) {
    if (log.seq() < 0 || log.seq() > MAX_SEQ) {
      throw ServiceFailure.invalid("seq", "must be between 0 and " + MAX_SEQ);
    }
    if (log.offset() < 0 || log.offset() > MAX_OFFSET_BYTES) {
      throw ServiceFailure.invalid("offset", "must be between 0 and " + MAX_OFFSET_BYTES);
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
    if (size > MAX_BYTES) {
      throw ServiceFailure.invalid("size", "must be at most " + MAX_BYTES);
    }
    byte[] packed;
    try {
      packed = Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw ServiceFailure.invalid("data", "must be base64");
    }
    int n = packed.length;
    if (n < MIN_GZIP_BYTES || packed[0] != 0x1f || packed[1] != (byte) 0x8b) {
      throw ServiceFailure.invalid("data", "must be gzip");
    }
    int gzipSize =
        packed[n - 4] & 0xff
            | (packed[n - 3] & 0xff) << 8
            | (packed[n - 2] & 0xff) << 16
            | (packed[n - 1] & 0xff) << 24;
    if (gzipSize != size) {
      throw ServiceFailure.invalid("data", "must have the stated size");
    }
  }

  /** Unpacks at most {@code size} bytes, however many the data holds; none when it is damaged. */
  public static byte[] unpack(String data, int size) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      return in.readNBytes(Math.max(0, Math.min(size, MAX_BYTES)));
    } catch (IOException | IllegalArgumentException e) {
      return NOTHING;
    }
  }
}
