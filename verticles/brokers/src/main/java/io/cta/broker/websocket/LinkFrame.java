package io.cta.broker.websocket;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.buffer.Buffer;

/**
 * The line of JSON with which a frame begins; see the package's protocol for the fields.
 *
 * @param n number of a publish or of a subscription, given by the agent
 * @param d number of a delivery within its subscription
 * @param size bytes of the message that follows the line; null when none does
 */
@RecordBuilder
public record LinkFrame(
    FrameType op,
    Long n,
    Long d,
    String queue,
    Integer prefetch,
    DeliveryOutcome outcome,
    String code,
    String text,
    Integer size) {
  /** Name and version of the protocol in the WebSocket handshake. */
  public static final String PROTOCOL = "cta.link.1";

  /** The path of the server's gateway. */
  public static final String PATH = "/api/v1/agents/link";

  /** The header with the id of this start of the agent. */
  public static final String SESSION = "X-CTA-Session";

  /** Largest WebSocket message. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_TEXT_CHARS = 1000;

  /**
   * A frame that was received; {@code message} is null when it carries none, {@code next} is the
   * offset behind it.
   */
  record Received(LinkFrame frame, Buffer message, int next) {}

  public static LinkFrame publish(long n, String queue) {
    return LinkFrameBuilder.builder().op(FrameType.PUBLISH).n(n).queue(queue).build();
  }

  public static LinkFrame confirm(long n) {
    return about(FrameType.CONFIRM, n);
  }

  public static LinkFrame refuse(long n, ErrorCode code, String text) {
    return LinkFrameBuilder.builder()
        .op(FrameType.REFUSE)
        .n(n)
        .code(code.code())
        .text(text)
        .build();
  }

  public static LinkFrame subscribe(long n, String queue, int prefetch) {
    return LinkFrameBuilder.builder()
        .op(FrameType.SUBSCRIBE)
        .n(n)
        .queue(queue)
        .prefetch(prefetch)
        .build();
  }

  public static LinkFrame deliver(long n, long d) {
    return LinkFrameBuilder.builder().op(FrameType.DELIVER).n(n).d(d).build();
  }

  public static LinkFrame settle(long n, long d, Throwable failure) {
    String text = failure == null ? null : cut(failure.getMessage());
    return LinkFrameBuilder.builder()
        .op(FrameType.SETTLE)
        .n(n)
        .d(d)
        .text(text)
        .outcome(DeliveryOutcome.of(failure))
        .build();
  }

  /** A confirm, pause, resume, unsubscribe or ended frame. */
  public static LinkFrame about(FrameType frameType, long n) {
    return LinkFrameBuilder.builder().op(frameType).n(n).build();
  }

  public static LinkFrame error(String text) {
    return LinkFrameBuilder.builder().op(FrameType.ERROR).text(cut(text)).build();
  }

  void encode(Buffer out) {
    out.appendBuffer(JsonMapping.encode(this)).appendByte((byte) '\n');
  }

  void encode(Buffer message, Buffer out) {
    LinkFrame sized = LinkFrameBuilder.builder(this).size(message.length()).build();
    sized.encode(out);
    out.appendBuffer(message);
  }

  /**
   * Reads the frame at offset {@code at}; fails with a {@link ServiceFailure} with code INVALID
   * when there is none.
   */
  static Received parse(Buffer bytes, int at) {
    int line = lineEnd(bytes, at);
    LinkFrame frame = JsonMapping.decode(bytes.slice(at, line), LinkFrame.class);
    if (frame == null || frame.op == null) {
      throw invalid("a frame begins with a JSON object with op");
    }
    if (frame.size == null) {
      frame.check(null);
      return new Received(frame, null, line + 1);
    }
    if (frame.size < 0 || frame.size > bytes.length() - line - 1) {
      throw invalid("the " + frame.op + " frame says " + frame.size + " bytes follow");
    }
    int end = line + 1 + frame.size;
    Buffer message = bytes.slice(line + 1, end);
    frame.check(message);
    return new Received(frame, message, end);
  }

  /** The failure that a refuse frame carries. */
  ServiceFailure failure() {
    return new ServiceFailure(ErrorCode.ofCode(code), text);
  }

  private void check(Buffer message) {
    boolean complete =
        switch (op) {
          case PUBLISH -> n != null && queue != null && message != null;
          case SUBSCRIBE -> n != null && queue != null && prefetch != null && prefetch > 0;
          case DELIVER -> n != null && d != null && message != null;
          case SETTLE -> n != null && d != null && outcome != null;
          case ERROR -> true;
          default -> n != null;
        };
    if (!complete) {
      throw invalid("the " + op + " frame lacks something");
    }
  }

  private static int lineEnd(Buffer bytes, int at) {
    int end = Math.min(bytes.length(), at + MAX_LINE_BYTES);
    for (int i = at; i < end; i++) {
      if (bytes.getByte(i) == '\n') {
        return i;
      }
    }
    throw invalid("a frame begins with a line of at most 4 KB that ends with a line feed");
  }

  private static ServiceFailure invalid(String text) {
    return new ServiceFailure(ErrorCode.INVALID, text);
  }

  private static String cut(String text) {
    return text == null || text.length() <= MAX_TEXT_CHARS
        ? text
        : text.substring(0, MAX_TEXT_CHARS);
  }
}
