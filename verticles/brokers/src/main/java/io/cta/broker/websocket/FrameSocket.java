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
 * A WebSocket that sends and receives frames, the same for both sides. Checks that the other side
 * is alive, and closes when it breaks the protocol. Event loop of the socket only.
 */
public final class FrameSocket {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(FrameSocket.class);
  private static final short CLOSE_NORMAL = 1000;
  private static final short CLOSE_PROTOCOL_BROKEN = 1008;
  private static final int BATCH_BYTES = 64 * 1024;

  /** Never written to; idle sockets share it, so that none keeps what it has read. */
  private static final Buffer NOTHING = Buffer.buffer(0);

  /** How many different moments of a ping's time sockets watch in. */
  private static final int MOMENTS = 50;

  /** What happens on the socket. Nothing is called after {@link #ended}, which is called once. */
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
  private Buffer outgoing = Buffer.buffer();
  private Buffer unread = NOTHING;
  private boolean flushPlanned;
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
    long ping = livenessSettings.ping().toMillis();
    timer = vertx.setPeriodic(ping + untilTogether(ping), ping, id -> watch());
  }

  public void send(LinkFrame frame) {
    if (!ended) {
      frame.encode(outgoing);
      flushSoon();
    }
  }

  public void send(LinkFrame frame, Buffer message) {
    if (!ended) {
      if (outgoing.length() + message.length() > BATCH_BYTES) {
        flush();
      }
      frame.encode(message, outgoing);
      flushSoon();
    }
  }

  /** Sends the frames of one turn of the event loop together, because each write costs. */
  private void flushSoon() {
    if (!flushPlanned) {
      flushPlanned = true;
      context.runOnContext(v -> flushed());
    }
  }

  private void flushed() {
    flushPlanned = false;
    if (!ended) {
      flush();
    }
  }

  private void flush() {
    if (outgoing.length() > 0) {
      socket.writeBinaryMessage(outgoing);
      outgoing = Buffer.buffer();
    }
  }

  /** True while the other side does not take what was sent; false once the socket has ended. */
  public boolean full() {
    return !ended && !socket.isClosed() && socket.writeQueueFull();
  }

  public boolean open() {
    return !ended;
  }

  /**
   * Stops or resumes reading, at once: no further frame comes, even of a WebSocket message that is
   * half read. While reading is stopped the other side is not held to its deadline.
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

  /** Sends a ping; {@code pong} runs at each pong from now on. */
  public void probe(Runnable pong) {
    onPong = pong;
    socket.writePing(Buffer.buffer("?"));
  }

  /** Sends the reason and closes; {@link Events#ended} is called before this returns. */
  public void close(String reason) {
    close(CLOSE_NORMAL, reason, false);
  }

  private void receive(Buffer bytes) {
    if (ended) {
      return;
    }
    restartDeadline();
    if (bytes.length() == 0) {
      garbage("an empty message");
      return;
    }
    // more than one message only when those from before the pause are still unread
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
      unread = at == unread.length() ? NOTHING : unread.slice(at, unread.length());
    } catch (ServiceFailure e) {
      garbage(e.getMessage());
    } catch (RuntimeException e) {
      log.error("a frame was not understood", e);
      garbage("not understood: " + e);
    }
  }

  /** Closes because the other side has broken the protocol. */
  public void garbage(String reason) {
    close(CLOSE_PROTOCOL_BROKEN, reason, true);
  }

  private void broken(Throwable why) {
    String text = why.getMessage() == null ? why.toString() : why.getMessage();
    if (why instanceof IOException || why instanceof HttpClosedException) {
      end("connection broken: " + text, false);
    } else {
      // the codec cannot read it, for example because a frame is too long
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
    restartDeadline();
    onPong.run();
  }

  private void restartDeadline() {
    heardAt = ticker.nanos();
  }

  private void drained() {
    if (!ended) {
      events.writable();
    }
  }

  /** Thousands of sockets that watch in the same moments wake their event loop less often. */
  private long untilTogether(long ping) {
    long step = Math.max(1, ping / MOMENTS);
    return step - 1 - Math.floorMod(ticker.nanos() / 1_000_000, step);
  }

  /** Pings only when nothing was heard for as long: whoever talks is alive, and pings cost. */
  private void watch() {
    long silent = (ticker.nanos() - heardAt) / 1_000_000;
    if (!notReading && silent > livenessSettings.deadline().toMillis()) {
      close(CLOSE_NORMAL, "nothing heard for " + silent + " ms", false);
    } else if (silent >= livenessSettings.ping().toMillis()) {
      socket.writePing(Buffer.buffer("?"));
    }
  }

  private String closeText() {
    String reason = socket.closeReason();
    return reason == null || reason.isBlank() ? "connection closed" : reason;
  }
}
