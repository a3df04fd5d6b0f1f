package io.cta.agent;

import io.cta.broker.websocket.Frame;
import io.cta.broker.websocket.FrameSocket;
import io.cta.broker.websocket.Liveness;
import io.cta.broker.websocket.Op;
import io.cta.broker.websocket.Outcome;
import io.cta.error.ErrorCode;
import io.cta.message.Envelope;
import io.cta.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The queues of the test's server: one agent reads, messages come again until it acks them. */
final class TestQueues {
  /** Messages that were settled otherwise than by an ack. */
  final List<Outcome> refusals = new CopyOnWriteArrayList<>();

  /** Types of the messages that were not confirmed; they are in the agent's journal by then. */
  final List<String> unconfirmed = new CopyOnWriteArrayList<>();

  private final Vertx vertx;
  private final Context home;
  private final Consumer<Envelope> confirmed;
  private final Map<String, Deque<Buffer>> waiting = new HashMap<>();
  private volatile Predicate<Envelope> confirming = any -> true;
  private Link link;

  /**
   * @param confirmed takes each message that the server has confirmed
   */
  TestQueues(Vertx vertx, Consumer<Envelope> confirmed) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.confirmed = confirmed;
  }

  /** From now on only what fits is confirmed; the rest is refused for now. */
  void confirmOnly(Predicate<Envelope> which) {
    confirming = which;
  }

  void send(String queue, Buffer message) {
    home.runOnContext(
        v -> {
          waiting.computeIfAbsent(queue, q -> new ArrayDeque<>()).add(message);
          deliver();
        });
  }

  void connected(ServerWebSocket socket) {
    Link made = new Link(socket);
    home.runOnContext(v -> link = made);
    made.socket.start();
  }

  private void deliver() {
    if (link != null) {
      waiting.forEach((queue, messages) -> link.deliver(queue, messages));
    }
  }

  private final class Link implements FrameSocket.Events {
    private final FrameSocket socket;
    private final Context context = vertx.getOrCreateContext();
    private final Map<String, Long> readers = new HashMap<>();
    private final Map<Long, Boolean> paused = new HashMap<>();
    private final Map<Long, Buffer> unsettled = new LinkedHashMap<>();
    private final Map<Long, String> queueOf = new HashMap<>();
    private long deliveries;

    Link(ServerWebSocket web) {
      socket = new FrameSocket(vertx, web, Liveness.LINK, this, Ticker.system());
    }

    void deliver(String queue, Deque<Buffer> messages) {
      Long n = readers.get(queue);
      while (n != null && !paused.getOrDefault(n, false) && !messages.isEmpty()) {
        Buffer message = messages.poll();
        long d = ++deliveries;
        unsettled.put(d, message);
        queueOf.put(d, queue);
        context.runOnContext(v -> socket.send(Frame.deliver(n, d), message));
      }
    }

    @Override
    public void frame(Frame frame, Buffer message) {
      switch (frame.op()) {
        case PUBLISH -> publish(frame, message);
        case SUBSCRIBE -> {
          socket.send(Frame.confirm(frame.n()));
          home.runOnContext(v -> readers.put(frame.queue(), frame.n()));
        }
        case SETTLE -> home.runOnContext(v -> settle(frame));
        case PAUSE, RESUME -> home.runOnContext(v -> paused.put(frame.n(), frame.op() == Op.PAUSE));
        case UNSUBSCRIBE -> {
          home.runOnContext(v -> readers.values().remove(frame.n()));
          socket.send(Frame.about(Op.ENDED, frame.n()));
        }
        case ERROR -> {}
        default -> throw new AssertionError(frame);
      }
      home.runOnContext(v -> TestQueues.this.deliver());
    }

    private void publish(Frame frame, Buffer message) {
      Envelope envelope = Envelope.decode(message);
      if (confirming.test(envelope)) {
        confirmed.accept(envelope);
        socket.send(Frame.confirm(frame.n()));
      } else {
        unconfirmed.add(envelope.type());
        socket.send(Frame.refuse(frame.n(), ErrorCode.UNAVAILABLE, "not now"));
      }
    }

    private void settle(Frame frame) {
      Buffer message = unsettled.remove(frame.d());
      if (frame.outcome() != Outcome.ACK) {
        refusals.add(frame.outcome());
      }
      if (frame.outcome() == Outcome.RETRY || frame.outcome() == Outcome.POSTPONE) {
        waiting.get(queueOf.get(frame.d())).addFirst(message);
      }
    }

    @Override
    public void writable() {}

    @Override
    public void ended(String reason, boolean garbage) {
      home.runOnContext(
          v -> {
            unsettled.forEach((d, message) -> waiting.get(queueOf.get(d)).add(message));
            if (link == this) {
              link = null;
            }
          });
    }
  }
}
