package io.cta.agent.push;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A part of a file as the body of a request, sent with its length. */
record FileRange(Path file, long offset, long length) {
  static FileRange all(PushFile file) {
    return new FileRange(file.content(), 0, file.size());
  }

  /**
   * @param moved counts the bytes that are taken of it
   */
  HttpRequest.BodyPublisher publisher(AtomicLong moved) {
    return length == 0
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofInputStream(() -> counted(moved)), length);
  }

  /** Its bytes; ends early when the file has become shorter. */
  InputStream open() throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(offset);
      return new Limited(in, length, new AtomicLong());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private InputStream counted(AtomicLong moved) {
    try {
      InputStream in = Files.newInputStream(file);
      in.skipNBytes(offset);
      return new Limited(in, length, moved);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Limited extends FilterInputStream {
    private final AtomicLong moved;
    private long left;

    Limited(InputStream in, long left, AtomicLong moved) {
      super(in);
      this.left = left;
      this.moved = moved;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int at, int max) throws IOException {
      int read = left <= 0 ? -1 : in.read(bytes, at, (int) Math.min(max, left));
      if (read > 0) {
        left -= read;
        moved.addAndGet(read);
      }
      return read;
    }
  }
}
