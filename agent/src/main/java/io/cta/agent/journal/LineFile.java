package io.cta.agent.journal;

import io.cta.agent.identity.PrivateFiles;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of JSON lines, each with a checksum. A tail that a crash has damaged is cut
 * off when the file is opened. The file is longer than its lines: it takes disk space ahead, so
 * that the last entries of an attempt can be written when the disk is full. Callers make sure that
 * only one thread uses it at a time.
 */
public final class LineFile implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LineFile.class);
  private static final int CRC_CHARS = 8;
  private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

  /** Disk space that is taken ahead at a time. */
  private static final int AHEAD_BYTES = 16 * 1024;

  /** The part of it that is reserved for {@link #appendLast}. */
  private static final int RESERVED_BYTES = 4 * 1024;

  private final FileChannel channel;
  private long end;
  private long allocated;

  private LineFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens or creates a file; {@code each} gets every intact line's position and content. */
  public static LineFile open(Path file, BiConsumer<Long, Buffer> each) throws IOException {
    FileChannel channel =
        PrivateFiles.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    LineFile opened = new LineFile(channel);
    try {
      opened.end = new LineFileReader(channel).readIntact(each);
      opened.clearTail();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return opened;
  }

  /** Passes on every line again, with its position. */
  void readAll(BiConsumer<Long, Buffer> each) throws IOException {
    new LineFileReader(channel).readIntact(each);
  }

  /** Appends a value as a line and returns its position. */
  public long append(Object value) throws IOException {
    return append(value, RESERVED_BYTES);
  }

  /** Appends a value that matters more than others: it may use the reserved space. */
  public long appendLast(Object value) throws IOException {
    return append(value, 0);
  }

  private long append(Object value, int reserved) throws IOException {
    byte[] json = JsonMapping.encode(value).getBytes();
    byte[] crc = checksum(json, json.length).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer line = ByteBuffer.allocate(crc.length + json.length + 2);
    line.put(crc).put((byte) ' ').put(json).put((byte) '\n').flip();
    allocate(end + line.limit() + reserved);
    long position = end;
    while (line.hasRemaining()) {
      channel.write(line, position + line.position());
    }
    end = position + line.limit();
    return position;
  }

  /**
   * Overwrites what is behind the lines with zeros and keeps its space for more lines: on a full
   * disk it may be all there is.
   */
  private void clearTail() throws IOException {
    allocated = channel.size();
    for (long position = end; position < allocated; ) {
      ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(AHEAD_BYTES, allocated - position));
      position += channel.write(zeros, position);
    }
    try {
      allocate(end + RESERVED_BYTES);
    } catch (IOException e) {
      log.debug("no space ahead [bytes: {}]", allocated - end, e);
    }
  }

  /**
   * Takes disk space up to a position and some more; fails when there is not enough up to the
   * position.
   */
  private void allocate(long upTo) throws IOException {
    if (upTo <= allocated) {
      return;
    }
    ByteBuffer zeros = ByteBuffer.allocate((int) (upTo - allocated) + AHEAD_BYTES);
    try {
      while (zeros.hasRemaining()) {
        allocated += channel.write(zeros, allocated);
      }
    } catch (IOException e) {
      if (allocated < upTo) {
        throw e;
      }
    }
  }

  /** Returns once what was appended would survive a power failure. */
  public void sync() throws IOException {
    channel.force(false);
  }

  public <T> T read(long position, Class<T> type) throws IOException {
    Buffer line = new LineFileReader(channel).at(position, MAX_LINE_BYTES);
    if (line == null) {
      throw new IOException("no intact line at " + position);
    }
    return JsonMapping.decode(line, type);
  }

  public long size() {
    return end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static String checksum(byte[] json, int length) {
    CRC32 crc = new CRC32();
    crc.update(json, 0, length);
    String hex = Long.toHexString(crc.getValue());
    return "0".repeat(CRC_CHARS - hex.length()) + hex;
  }
}
