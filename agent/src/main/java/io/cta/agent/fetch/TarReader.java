package io.cta.agent.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Extracts tar archives: ustar names, GNU and pax long names, executable bits. Links are left out.
 */
final class TarReader {
  private static final int BLOCK_BYTES = 512;
  private static final int MAX_NAME_BYTES = 64 * 1024;

  private final InputStream in;
  private String longName;

  TarReader(InputStream in) {
    this.in = in;
  }

  void extract(Path to) throws IOException, FetchFailed {
    for (byte[] header = block(); header != null && header[0] != 0; header = block()) {
      long size = number(header, 124, 12);
      switch ((char) header[156]) {
        case 'L' -> longName = text(content(size), 0, (int) size);
        case 'x' -> longName = paxPath(content(size));
        case '5' -> {
          Files.createDirectories(path(to, header));
          skip(padded(size));
        }
        case '0', '\0', '7' -> file(path(to, header), header, size);
        default -> {
          longName = null;
          skip(padded(size));
        }
      }
    }
  }

  private Path path(Path to, byte[] header) throws FetchFailed {
    String name = text(header, 0, 100);
    String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
    String whole = prefix.isEmpty() ? name : prefix + "/" + name;
    whole = longName == null ? whole : longName;
    longName = null;
    return TargetPaths.inside(to, whole, "an entry of the archive");
  }

  private void file(Path path, byte[] header, long size) throws IOException {
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(path);
    byte[] bytes = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (long left = size; left > 0; ) {
        int n = in.read(bytes, 0, (int) Math.min(left, bytes.length));
        if (n < 0) {
          throw new EOFException("the archive is cut off");
        }
        out.write(bytes, 0, n);
        left -= n;
      }
    }
    skip(padded(size) - size);
    if ((number(header, 100, 8) & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + path + " executable");
    }
  }

  private byte[] content(long size) throws IOException {
    if (size > MAX_NAME_BYTES) {
      throw new IOException("a name in the archive is too long");
    }
    byte[] out = in.readNBytes((int) size);
    skip(padded(size) - size);
    return out;
  }

  /** The path in pax records, {@code length key=value\n}; null when there is none. */
  private static String paxPath(byte[] content) {
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
      int key = line.indexOf(" path=");
      if (key >= 0) {
        return line.substring(key + 6);
      }
    }
    return null;
  }

  private byte[] block() throws IOException {
    byte[] out = in.readNBytes(BLOCK_BYTES);
    if (out.length == 0) {
      return null;
    }
    if (out.length < BLOCK_BYTES) {
      throw new EOFException("the archive is cut off");
    }
    return out;
  }

  private void skip(long n) throws IOException {
    in.skipNBytes(n);
  }

  private static long padded(long size) {
    return (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  private static long number(byte[] bytes, int from, int length) throws IOException {
    String digits = text(bytes, from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("not a tar archive");
    }
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
