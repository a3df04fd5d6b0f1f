package io.cta.agent;

import io.cta.broker.websocket.DeliveryOutcome;
import io.cta.broker.websocket.FrameSocket;
import io.cta.broker.websocket.FrameType;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.LivenessSettings;
import io.cta.error.ErrorCode;
import io.cta.message.MessageEnvelope;
import io.cta.time.MonotonicClock;
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

/**
 * The queues of the test server: one agent reads them, and messages are delivered again until it
 * acks them.
 */
final class TestQueues {
  /** Messages that were settled otherwise than by an ack. */
  final List<DeliveryOutcome> refusals = new CopyOnWriteArrayList<>();

  /** Types of the messages that were not confirmed; they are in the agent's journal by then. */
  final List<String> unconfirmed = new CopyOnWriteArrayList<>();

  private final Vertx vertx;
  private final Context queueContext;
  private final Consumer<MessageEnvelope> confirmed;
  private final Map<String, Deque<Buffer>> waiting = new HashMap<>();
  private volatile Predicate<MessageEnvelope> confirming = any -> true;
  private Link link;

  /**
   * @param confirmed takes each message that the server has confirmed
   */
  TestQueues(Vertx vertx, Consumer<MessageEnvelope> confirmed) {
    this.vertx = vertx;
    this.queueContext = vertx.getOrCreateContext();
    this.confirmed = confirmed;
  }

  /** From now on confirms only what fits, and refuses the rest for now. */
  void confirmOnly(Predicate<MessageEnvelope> which) {
    confirming = which;
  }

  void send(String queue, Buffer message) {
    queueContext.runOnContext(
        v -> {
          waiting.computeIfAbsent(queue, q -> new ArrayDeque<>()).add(message);
          deliver();
        });
  }

  void connected(ServerWebSocket socket) {
    Link made = new Link(socket);
    queueContext.runOnContext(v -> link = made);
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
      socket = new FrameSocket(vertx, web, LivenessSettings.LINK, this, MonotonicClock.system());
    }

    void deliver(String queue, Deque<Buffer> messages) {
      Long n = readers.get(queue);
      while (n != null && !paused.getOrDefault(n, false) && !messages.isEmpty()) {
        Buffer message = messages.poll();
        long d = ++deliveries;
        unsettled.put(d, message);
        queueOf.put(d, queue);
        context.runOnContext(v -> socket.send(LinkFrame.deliver(n, d), message));
      }
    }

    @Override
    public void frame(LinkFrame frame, Buffer message) {
      switch (frame.op()) {
        case PUBLISH -> publish(frame, message);
        case SUBSCRIBE -> {
          socket.send(LinkFrame.confirm(frame.n()));
          queueContext.runOnContext(v -> readers.put(frame.queue(), frame.n()));
        }
        case SETTLE -> queueContext.runOnContext(v -> settle(frame));
        case PAUSE, RESUME ->
            queueContext.runOnContext(v -> paused.put(frame.n(), frame.op() == FrameType.PAUSE));
        case UNSUBSCRIBE -> {
          queueContext.runOnContext(v -> readers.values().remove(frame.n()));
          socket.send(LinkFrame.about(FrameType.ENDED, frame.n()));
        }
        case ERROR -> {}
        default -> throw new AssertionError(frame);
      }
      queueContext.runOnContext(v -> TestQueues.this.deliver());
    }

    private void publish(LinkFrame frame, Buffer message) {
      MessageEnvelope envelope = MessageEnvelope.decode(message);
      if (confirming.test(envelope)) {
        confirmed.accept(envelope);
        socket.send(LinkFrame.confirm(frame.n()));
      } else {
        unconfirmed.add(envelope.type());
        socket.send(LinkFrame.refuse(frame.n(), ErrorCode.UNAVAILABLE, "not now"));
      }
    }

    private void settle(LinkFrame frame) {
      Buffer message = unsettled.remove(frame.d());
      if (frame.outcome() != DeliveryOutcome.ACK) {
        refusals.add(frame.outcome());
      }
      if (frame.outcome() == DeliveryOutcome.RETRY || frame.outcome() == DeliveryOutcome.POSTPONE) {
        waiting.get(queueOf.get(frame.d())).addFirst(message);
      }
    }

    @Override
    public void writable() {}

    @Override
    public void ended(String reason, boolean garbage) {
      queueContext.runOnContext(
          v -> {
            unsettled.forEach((d, message) -> waiting.get(queueOf.get(d)).add(message));
            if (link == this) {
              link = null;
            }
          });
    }
  }
}
