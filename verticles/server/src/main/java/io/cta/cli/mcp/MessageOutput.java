package io.cta.cli.mcp;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An output whose lines are written whole, whoever writes: the library or what it never sees. */
final class MessageOutput extends OutputStream {
  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  MessageOutput(OutputStream out) {
    this.out = out;
  }

  /** Writes a message of its own, as one line. */
  void message(JsonObject message) {
    try {
      whole((message.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one thread at a time. */
  @Override
  public void write(int b) throws IOException {
    line.write(b);
    if (b == '\n') {
      byte[] bytes = line.toByteArray();
      line.reset();
      whole(bytes);
    }
  }

  private synchronized void whole(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }
}
