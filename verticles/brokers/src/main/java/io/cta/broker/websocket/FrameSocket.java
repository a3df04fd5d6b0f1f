package io.cta.broker.websocket;

import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that speaks frames, the same for both sides. Watches that the other side is alive and
 * closes on garbage. Event loop of the socket only.
 */
public final class FrameSocket {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(FrameSocket.class);
  private static final short GOING = 1000;
  private static final short GARBAGE = 1008;
  private static final int GATHERED = 64 * 1024;

  /** What happens on it. Nothing comes after {@link #ended}, which comes once. */
  public interface Events {
    void frame(LinkFrame frame, Buffer message);

    /** There is room again after {@link FrameSocket#full()}. */
    void writable();

    /**
     * @param garbage true when the other side broke the protocol
     */
    void ended(String reason, boolean garbage);
  }

  private final Vertx vertx;
  private final WebSocket socket;
  private final LivenessSettings livenessSettings;
  private final Events events;
  private long timer = -1;
  private long heardAt;
  private boolean notReading;
  private boolean ended;
  private Context context;
  private Buffer gathered = Buffer.buffer();
  private Buffer unread = Buffer.buffer();
  private boolean flushing;
  private Runnable onPong = () -> {};

  public FrameSocket(
      Vertx vertx,
      WebSocket socket,
      LivenessSettings livenessSettings,
      Events events,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.socket = socket;
    this.livenessSettings = livenessSettings;
    this.events = events;
  }

  public void start() {
    context = vertx.getOrCreateContext();
    heardAt = ticker.nanos();
    socket.textMessageHandler(text -> receive(Buffer.buffer(text)));
    socket.binaryMessageHandler(this::receive);
    socket.pongHandler(this::pong);
    socket.drainHandler(v -> drained());
    socket.exceptionHandler(this::broken);
    socket.closeHandler(v -> end(closeText(), false));
    timer = vertx.setPeriodic(livenessSettings.ping().toMillis(), id -> watch());
  }

  public void send(LinkFrame frame) {
    if (!ended) {
      frame.encode(gathered);
      flushSoon();
    }
  }

  public void send(LinkFrame frame, Buffer message) {
    if (!ended) {
      if (gathered.length() + message.length() > GATHERED) {
        flush();
      }
      frame.encode(message, gathered);
      flushSoon();
    }
  }

  /** What is sent in one turn of the event loop goes out together: a write is what costs. */
  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      context.runOnContext(v -> flushed());
    }
  }

  private void flushed() {
    flushing = false;
    if (!ended) {
      flush();
    }
  }

  private void flush() {
    if (gathered.length() > 0) {
      socket.writeBinaryMessage(gathered);
      gathered = Buffer.buffer();
    }
  }

  /** True while the other side does not take what was sent; false once this has ended. */
  public boolean full() {
    return !ended && !socket.isClosed() && socket.writeQueueFull();
  }

  public boolean open() {
    return !ended;
  }

  /**
   * Stops or resumes reading, at once: no further frame comes of a WebSocket message that is being
   * read. While it is stopped the other side is not held to its deadline.
   */
  public void reading(boolean on) {
    if (on != notReading || ended) {
      return;
    }
    notReading = !on;
    heardAt = ticker.nanos();
    if (!on) {
      socket.pause();
      return;
    }
    read();
    if (!notReading) {
      socket.resume();
    }
  }

  /** Pings; {@code pong} runs at each sign of life from now on. */
  public void probe(Runnable pong) {
    onPong = pong;
    socket.writePing(Buffer.buffer("?"));
  }

  /** Says why and closes; {@link Events#ended} is called before this returns. */
  public void close(String reason) {
    close(GOING, reason, false);
  }

  private void receive(Buffer bytes) {
    if (ended) {
      return;
    }
    alive();
    if (bytes.length() == 0) {
      garbage("an empty message");
      return;
    }
    // more than one only when what came before the pause is still unread
    unread = unread.length() == 0 ? bytes : unread.copy().appendBuffer(bytes);
    read();
  }

  private void read() {
    int at = 0;
    try {
      while (at < unread.length() && !ended && !notReading) {
        LinkFrame.Received received = LinkFrame.parse(unread, at);
        at = received.next();
        events.frame(received.frame(), received.message());
      }
      unread = unread.slice(at, unread.length());
    } catch (ServiceFailure e) {
      garbage(e.getMessage());
    } catch (RuntimeException e) {
      log.error("a frame was not understood", e);
      garbage("not understood: " + e);
    }
  }

  /** The other side has broken the protocol. */
  public void garbage(String reason) {
    close(GARBAGE, reason, true);
  }

  private void broken(Throwable why) {
    String text = why.getMessage() == null ? why.toString() : why.getMessage();
    if (why instanceof IOException || why instanceof HttpClosedException) {
      end("connection broken: " + text, false);
    } else {
      // what the codec cannot read, say a frame that is too long
      garbage("unreadable: " + text);
    }
  }

  private void close(short code, String reason, boolean garbage) {
    if (!ended) {
      send(LinkFrame.error(reason));
      flush();
      socket.close(code, reason.length() > 100 ? reason.substring(0, 100) : reason);
      end(reason, garbage);
    }
  }

  private void end(String reason, boolean garbage) {
    if (!ended) {
      ended = true;
      vertx.cancelTimer(timer);
      events.ended(reason, garbage);
    }
  }

  private void pong(Buffer data) {
    alive();
    onPong.run();
  }

  private void alive() {
    heardAt = ticker.nanos();
  }

  private void drained() {
    if (!ended) {
      events.writable();
    }
  }

  private void watch() {
    long silent = (ticker.nanos() - heardAt) / 1_000_000;
    if (!notReading && silent > livenessSettings.deadline().toMillis()) {
      close(GOING, "nothing heard for " + silent + " ms", false);
    } else {
      socket.writePing(Buffer.buffer("?"));
    }
  }

  private String closeText() {
    String reason = socket.closeReason();
    return reason == null || reason.isBlank() ? "connection closed" : reason;
  }
}
