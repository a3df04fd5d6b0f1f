package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a tar header. Source: POSIX.1-2017, pax, "ustar Interchange Format"; for large
 * numbers "Extensions to the Standard" of GNU tar's manual. Pure.
 */
record TarHeader(String name, int mode, long size, char type, String link) {
  static final int BYTES = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;

  /**
   * @throws IOException when the block is none
   */
  static TarHeader parse(byte[] block) throws IOException {
    if (number(block, CHECKSUM_AT, CHECKSUM_BYTES) != checksum(block)) {
      throw notTar();
    }
    boolean ustar = text(block, 257, 5).equals("ustar");
    boolean gnu = ustar && block[262] == ' ';
    String prefix = ustar && !gnu ? text(block, 345, 155) : "";
    String name = text(block, 0, 100);
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        (int) number(block, 100, 8),
        number(block, 124, 12),
        block[156] == 0 ? '0' : (char) (block[156] & 0xff),
        text(block, 157, 100));
  }

  TarHeader with(String otherName, String otherLink, Long otherSize) {
    return new TarHeader(
        otherName == null ? name : otherName,
        mode,
        otherSize == null ? size : otherSize,
        type,
        otherLink == null ? link : otherLink);
  }

  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private static long number(byte[] bytes, int from, int length) throws IOException {
    if ((bytes[from] & 0x80) != 0) {
      return binary(bytes, from, length);
    }
    String digits = text(bytes, from, length).strip();
    try {
      long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw notTar();
  }

  /** GNU's form for what has too many digits: a number in base 256. */
  private static long binary(byte[] bytes, int from, int length) throws IOException {
    long value = bytes[from] & 0x7f;
    for (int i = from + 1; i < from + length; i++) {
      if (value >= 1L << 55) {
        throw notTar();
      }
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      sum += own ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static ArchiveDamaged notTar() {
    return new ArchiveDamaged("not a tar archive");
  }
}
