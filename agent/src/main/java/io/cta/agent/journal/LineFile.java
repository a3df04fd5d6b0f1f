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
 * An append-only file of JSON lines, each with a checksum. A tail that was torn by a crash is cut
 * off when the file is opened. The file is longer than its lines: room is taken ahead of them, so
 * that the last words of an attempt get in when the disk is full. Callers take care that only one
 * thread is in here.
 */
public final class LineFile implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LineFile.class);
  private static final int CRC_LENGTH = 8;
  private static final int MAX_LINE = 64 * 1024 * 1024;

  /** Taken ahead at a time, in bytes. */
  private static final int AHEAD = 16 * 1024;

  /** Of that, kept for {@link #appendLast}. */
  private static final int LAST = 4 * 1024;

  private final FileChannel channel;
  private long end;
  private long taken;

  private LineFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens or makes a file; {@code each} gets every sound line's position and content. */
  public static LineFile open(Path file, BiConsumer<Long, Buffer> each) throws IOException {
    FileChannel channel =
        PrivateFiles.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    LineFile opened = new LineFile(channel);
    try {
      opened.end = new LineFileReader(channel).sound(each);
      opened.clear();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return opened;
  }

  /** Appends a value as a line and returns its position. */
  public long append(Object value) throws IOException {
    return append(value, LAST);
  }

  /** Appends one that matters more than others: it may use the room that is kept for such. */
  public long appendLast(Object value) throws IOException {
    return append(value, 0);
  }

  private long append(Object value, int kept) throws IOException {
    byte[] json = JsonMapping.encode(value).getBytes();
    byte[] crc = checksum(json, json.length).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer line = ByteBuffer.allocate(crc.length + json.length + 2);
    line.put(crc).put((byte) ' ').put(json).put((byte) '\n').flip();
    take(end + line.limit() + kept);
    long position = end;
    while (line.hasRemaining()) {
      channel.write(line, position + line.position());
    }
    end = position + line.limit();
    return position;
  }

  /** What is behind the lines becomes room for more: on a full disk it may be all there is. */
  private void clear() throws IOException {
    taken = channel.size();
    for (long position = end; position < taken; ) {
      ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(AHEAD, taken - position));
      position += channel.write(zeros, position);
    }
    try {
      take(end + LAST);
    } catch (IOException e) {
      log.debug("no room ahead [bytes: {}]", taken - end, e);
    }
  }

  /** Takes room up to a position and some more, or fails when the disk has not even the former. */
  private void take(long upTo) throws IOException {
    if (upTo <= taken) {
      return;
    }
    ByteBuffer zeros = ByteBuffer.allocate((int) (upTo - taken) + AHEAD);
    try {
      while (zeros.hasRemaining()) {
        taken += channel.write(zeros, taken);
      }
    } catch (IOException e) {
      if (taken < upTo) {
        throw e;
      }
    }
  }

  /** Returns once what was appended would survive a power failure. */
  public void sync() throws IOException {
    channel.force(false);
  }

  public <T> T read(long position, Class<T> type) throws IOException {
    Buffer line = new LineFileReader(channel).at(position, MAX_LINE);
    if (line == null) {
      throw new IOException("no sound line at " + position);
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
    return "0".repeat(CRC_LENGTH - hex.length()) + hex;
  }
}
