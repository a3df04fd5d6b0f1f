package io.cta.agent.journal;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Reads the lines of a {@link LineFile} and checks them. */
final class LineFileReader {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int PREFIX_BYTES = 9;

  private final FileChannel channel;

  LineFileReader(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Passes on every line up to the first that is damaged, and returns the position where that
   * begins.
   */
  long readIntact(BiConsumer<Long, Buffer> each) throws IOException {
    channel.position(0);
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
    long position = 0;
    byte[] line = line(in, Integer.MAX_VALUE);
    while (line != null) {
      Buffer json = check(line);
      if (json == null) {
        return position;
      }
      each.accept(position, json);
      position += line.length + 1;
      line = line(in, Integer.MAX_VALUE);
    }
    return position;
  }

  /** The line at a position; null when there is no intact one. */
  Buffer at(long position, int max) throws IOException {
    channel.position(position);
    byte[] line =
        line(new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES), max);
    return line == null ? null : check(line);
  }

  /** One line without its end; null when the file ends before one is complete. */
  private static byte[] line(InputStream in, int max) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return out.toByteArray();
      }
      if (out.size() >= max) {
        return null;
      }
      out.write(b);
    }
    return null;
  }

  private static Buffer check(byte[] line) {
    if (line.length < PREFIX_BYTES) {
      return null;
    }
    byte[] json = Arrays.copyOfRange(line, PREFIX_BYTES, line.length);
    String crc = new String(line, 0, PREFIX_BYTES - 1, StandardCharsets.US_ASCII);
    return crc.equals(LineFile.checksum(json, json.length)) ? Buffer.buffer(json) : null;
  }
}
