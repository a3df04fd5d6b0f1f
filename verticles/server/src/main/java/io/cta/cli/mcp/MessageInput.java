package io.cta.cli.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * An input of which only lines that are messages pass: the library stops reading for good at any
 * other line, and its client would wait. Notices the end of the input, too: the client is gone. One
 * thread reads; any may wait for the end.
 */
final class MessageInput extends InputStream {
  static final int MAX_LINE_BYTES = 4 << 20;

  /** Codes of JSON-RPC 2.0, section 5.1. */
  private static final int NO_JSON = -32700;

  private static final int NO_MESSAGE = -32600;

  private final InputStream in;
  private final Consumer<JsonObject> answers;
  private final CountDownLatch ended = new CountDownLatch(1);
  private byte[] line = {};
  private int at;

  /**
   * @param in with a buffer of its own
   * @param answers takes what is said to a line that is no message
   */
  MessageInput(InputStream in, Consumer<JsonObject> answers) {
    this.in = in;
    this.answers = answers;
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (at == line.length) {
        if (!next()) {
          ended.countDown();
          return -1;
        }
      }
    } catch (IOException | RuntimeException e) {
      ended.countDown();
      throw e;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, bytes, from, count);
    at += count;
    return count;
  }

  /** Reads a line, and keeps it if it is a message; false at the end. */
  private boolean next() throws IOException {
    Buffer text = Buffer.buffer();
    int size = 0;
    int b = in.read();
    for (; b >= 0 && b != '\n'; b = in.read()) {
      size++;
      if (size <= MAX_LINE_BYTES) {
        text.appendByte((byte) b);
      }
    }
    if (size > MAX_LINE_BYTES) {
      refuse(NO_MESSAGE, "a message has at most " + MAX_LINE_BYTES + " bytes");
    } else if (isMessage(text.toString(StandardCharsets.UTF_8))) {
      line = text.appendByte((byte) '\n').getBytes();
      at = 0;
    }
    return b >= 0 || size > 0;
  }

  private boolean isMessage(String text) {
    if (text.isBlank()) {
      return false;
    }
    try {
      McpSchema.deserializeJsonRpcMessage(McpJsonDefaults.getMapper(), text);
      return true;
    } catch (IOException e) {
      refuse(NO_JSON, "a line must be one JSON object");
    } catch (RuntimeException e) {
      refuse(NO_MESSAGE, "a line must be a request, a notification or a response of JSON-RPC 2.0");
    }
    return false;
  }

  private void refuse(int code, String text) {
    answers.accept(
        new JsonObject()
            .put("jsonrpc", "2.0")
            .putNull("id")
            .put("error", new JsonObject().put("code", code).put("message", text)));
  }
}
