package io.cta.agent.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the body of an answer behind what a file has already. One thread at a time. */
final class BodyFile implements Consumer<Optional<byte[]>>, Closeable {
  private final FileChannel out;
  private final SizeCheck check;

  /** Asked before bytes are written. */
  interface SizeCheck {
    void take(int bytes) throws IOException;
  }

  /**
   * @param offset bytes of the file that stay
   */
  BodyFile(Path file, long offset, SizeCheck check) throws IOException {
    this.check = check;
    this.out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    out.truncate(offset).position(offset);
  }

  /** Writes bytes; an empty value is the end. */
  @Override
  public void accept(Optional<byte[]> bytes) {
    try {
      if (bytes.isEmpty()) {
        close();
        return;
      }
      check.take(bytes.get().length);
      ByteBuffer rest = ByteBuffer.wrap(bytes.get());
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
