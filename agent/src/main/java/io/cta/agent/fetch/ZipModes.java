package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads from a zip's central directory what Java's ZipFile does not tell: the Unix modes of the
 * entries in their order, how many there are, and how their names are written. Source: APPNOTE.TXT
 * 6.3.10 of PKWARE, 4.3.12 to 4.3.16.
 */
final class ZipModes implements AutoCloseable {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int LOCATOR64_BYTES = 20;
  private static final int END64_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int MAX_COMMENT = 0xffff;
  private static final int UNIX = 3;
  private static final int UTF8_FLAG = 1 << 11;
  private static final long MAX_ENTRY_BYTES = 256;

  private final FileChannel file;
  private final long entries;
  private final long bytes;
  private final long begin;
  private long at;

  private ZipModes(FileChannel file, long entries, long bytes, long end) throws IOException {
    this.file = file;
    this.entries = entries;
    this.bytes = bytes;
    this.begin = end - bytes;
    this.at = begin;
    if (bytes < 0 || begin < 0 || entries < 0) {
      throw notZip();
    }
  }

  static ZipModes open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return read(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether a reader may keep all of the directory in memory: it has so many entries at most. */
  boolean isWithin(int maxEntries) {
    return entries <= maxEntries && bytes <= MAX_ENTRY_BYTES * maxEntries;
  }

  /** The mode of the next entry; 0 when it has none of Unix. */
  int next() throws IOException {
    ByteBuffer b = header();
    int host = b.get(5) & 0xff;
    int attributes = b.getInt(38);
    at += length(b);
    return host == UNIX ? attributes >>> 16 : 0;
  }

  /** UTF-8 when every name is that, or says so; else the code page of the first zips. */
  Charset charset() throws IOException {
    Charset out = StandardCharsets.UTF_8;
    for (long i = 0; i < entries && out == StandardCharsets.UTF_8; i++) {
      ByteBuffer b = header();
      boolean said = (b.getShort(8) & UTF8_FLAG) != 0;
      if (!said && !isUtf8(read(file, at + ENTRY_BYTES, b.getShort(28) & 0xffff))) {
        out =
            Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
      }
      at += length(b);
    }
    at = begin;
    return out;
  }

  private ByteBuffer header() throws IOException {
    ByteBuffer b = read(file, at, ENTRY_BYTES);
    if (b.getInt(0) != ENTRY) {
      throw notZip();
    }
    return b;
  }

  private static long length(ByteBuffer b) {
    return ENTRY_BYTES
        + (b.getShort(28) & 0xffffL)
        + (b.getShort(30) & 0xffffL)
        + (b.getShort(32) & 0xffffL);
  }

  private static ZipModes read(FileChannel file) throws IOException {
    long size = file.size();
    int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT);
    ByteBuffer b = read(file, size - tail, tail);
    for (int i = tail - END_BYTES; i >= 0; i--) {
      if (b.getInt(i) == END && i + END_BYTES + (b.getShort(i + 20) & 0xffff) == tail) {
        return of(file, b, i, size - tail + i);
      }
    }
    throw notZip();
  }

  private static ZipModes of(FileChannel file, ByteBuffer b, int i, long end) throws IOException {
    long entries = b.getShort(i + 10) & 0xffffL;
    long bytes = b.getInt(i + 12) & 0xffffffffL;
    boolean large = entries == 0xffffL || bytes == 0xffffffffL || b.getInt(i + 16) == -1;
    if (large && end >= LOCATOR64_BYTES) {
      ByteBuffer locator = read(file, end - LOCATOR64_BYTES, LOCATOR64_BYTES);
      if (locator.getInt(0) == LOCATOR64) {
        long end64 = locator.getLong(8);
        if (end64 < 0 || end64 > end - END64_BYTES) {
          throw notZip();
        }
        ByteBuffer record = read(file, end64, END64_BYTES);
        return new ZipModes(file, record.getLong(32), record.getLong(40), end64);
      }
    }
    return new ZipModes(file, entries, bytes, end);
  }

  private static boolean isUtf8(ByteBuffer name) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(name);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (out.hasRemaining()) {
      if (file.read(out, at + out.position()) < 0) {
        throw new ArchiveDamaged("the archive is cut off");
      }
    }
    return out.flip();
  }

  private static ArchiveDamaged notZip() {
    return new ArchiveDamaged("not a zip archive");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
