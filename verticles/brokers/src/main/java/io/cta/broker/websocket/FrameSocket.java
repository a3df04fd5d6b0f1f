package io.cta.broker.websocket;

import io.cta.error.ServiceFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.WebSocket;
import java.io.IOException;

/**
 * A WebSocket that speaks frames, the same for both sides. Watches that the other side is alive and
 * closes on garbage. Event loop of the socket only.
 */
public final class FrameSocket {
  private static final short GOING = 1000;
  private static final short GARBAGE = 1008;

  /** What happens on it. Nothing comes after {@link #ended}, which comes once. */
  public interface Events {
    void frame(Frame frame, Buffer message);

    /** There is room again after {@link FrameSocket#full()}. */
    void writable();

    /**
     * @param garbage true when the other side broke the protocol
     */
    void ended(String reason, boolean garbage);
  }

  private final Vertx vertx;
  private final WebSocket socket;
  private final Liveness liveness;
  private final Events events;
  private long timer = -1;
  private long heardAt;
  private boolean notReading;
  private boolean ended;
  private Runnable onPong = () -> {};

  public FrameSocket(Vertx vertx, WebSocket socket, Liveness liveness, Events events) {
    this.vertx = vertx;
    this.socket = socket;
    this.liveness = liveness;
    this.events = events;
  }

  public void start() {
    heardAt = System.nanoTime();
    socket.textMessageHandler(text -> receive(Buffer.buffer(text)));
    socket.binaryMessageHandler(this::receive);
    socket.pongHandler(this::pong);
    socket.drainHandler(v -> drained());
    socket.exceptionHandler(this::broken);
    socket.closeHandler(v -> end(closeText(), false));
    timer = vertx.setPeriodic(liveness.ping().toMillis(), id -> watch());
  }

  public void send(Frame frame) {
    if (!ended) {
      socket.writeTextMessage(frame.encode().toString());
    }
  }

  public void send(Frame frame, Buffer message) {
    if (!ended) {
      socket.writeBinaryMessage(frame.encode(message));
    }
  }

  /** True while the other side does not take what was sent. */
  public boolean full() {
    return socket.writeQueueFull();
  }

  public boolean open() {
    return !ended;
  }

  /** Stops or resumes reading; while it is stopped the other side is not held to its deadline. */
  public void reading(boolean on) {
    if (on == notReading && !ended) {
      notReading = !on;
      heardAt = System.nanoTime();
      if (on) {
        socket.resume();
      } else {
        socket.pause();
      }
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
    Frame.Received received;
    try {
      received = Frame.parse(bytes);
    } catch (ServiceFailure e) {
      garbage(e.getMessage());
      return;
    }
    events.frame(received.frame(), received.message());
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
      send(Frame.error(reason));
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
    heardAt = System.nanoTime();
  }

  private void drained() {
    if (!ended) {
      events.writable();
    }
  }

  private void watch() {
    long silent = (System.nanoTime() - heardAt) / 1_000_000;
    if (!notReading && silent > liveness.deadline().toMillis()) {
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
