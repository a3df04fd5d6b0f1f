package io.cta.server.gateway;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.websocket.FrameSocket;
import io.cta.broker.websocket.FrameType;
import io.cta.broker.websocket.LinkFrame;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent's connection: executes the agent's frames within its permissions and limits. */
final class LinkSession implements FrameSocket.Events {
  private static final Logger log = LoggerFactory.getLogger(LinkSession.class);

  private final AgentConnection agentConnection;
  private final MessageBroker broker;
  private final QueuePermissions rights;
  private final GatewayLimits limits;
  private final GatewayCounters counts;
  private final HeartbeatBatch heartbeats;
  private final FrameSocket socket;
  private final BiConsumer<LinkSession, String> onEnd;
  private final Map<Long, SubscriptionRelay> relays = new HashMap<>();
  private int inFlight;
  private long inFlightBytes;
  private boolean replaced;

  /** Passes a heartbeat on; null when none is held. */
  private Runnable held;

  LinkSession(
      Vertx vertx,
      AgentConnection agentConnection,
      WebSocket socket,
      MessageBroker broker,
      QueuePermissions rights,
      GatewayLimits limits,
      GatewayCounters counts,
      HeartbeatBatch heartbeats,
      MonotonicClock ticker,
      BiConsumer<LinkSession, String> onEnd) {
    this.agentConnection = agentConnection;
    this.broker = broker;
    this.rights = rights;
    this.limits = limits;
    this.counts = counts;
    this.heartbeats = heartbeats;
    this.onEnd = onEnd;
    this.socket = new FrameSocket(vertx, socket, limits.liveness(), this, ticker);
  }

  AgentConnection agentConnection() {
    return agentConnection;
  }

  FrameSocket socket() {
    return socket;
  }

  /** Closes this connection because the same session has connected again. */
  void replace(String reason) {
    replaced = true;
    socket.close(reason);
  }

  boolean replaced() {
    return replaced;
  }

  /** The broker has ended the subscriptions to that queue; tells the agent so. */
  void lost(String queue) {
    Map.copyOf(relays)
        .forEach(
            (n, subscriptionRelay) -> {
              if (subscriptionRelay.queue().equals(queue)) {
                unsubscribe(n);
              }
            });
  }

  @Override
  public void frame(LinkFrame frame, Buffer message) {
    switch (frame.op()) {
      case PUBLISH -> publish(frame.n(), frame.queue(), message);
      case SUBSCRIBE -> subscribe(frame.n(), frame.queue(), frame.prefetch());
      case SETTLE -> {
        // null when the subscription is over: its deliveries went back to the queue
        SubscriptionRelay subscriptionRelay = relays.get(frame.n());
        if (subscriptionRelay != null) {
          subscriptionRelay.settle(frame.d(), frame.outcome(), frame.text());
        }
      }
      case PAUSE, RESUME -> {
        SubscriptionRelay subscriptionRelay = relays.get(frame.n());
        if (subscriptionRelay != null) {
          subscriptionRelay.pausedByAgent(frame.op() == FrameType.PAUSE);
        }
      }
      case UNSUBSCRIBE -> unsubscribe(frame.n());
      case ERROR -> log.info("agent says [{}, error: {}]", agentConnection, frame.text());
      default -> socket.garbage("an agent does not send " + frame.op());
    }
    if (socket.full()) {
      // an agent that does not read its answers is not read either
      updateReading();
    }
  }

  @Override
  public void writable() {
    relays.values().forEach(subscriptionRelay -> subscriptionRelay.congested(false));
    updateReading();
  }

  @Override
  public void ended(String reason, boolean garbage) {
    if (garbage) {
      counts.garbage.incrementAndGet();
      log.warn("agent broke the protocol [{}, reason: {}]", agentConnection, reason);
    }
    releaseHeartbeat();
    relays.values().forEach(SubscriptionRelay::end);
    relays.clear();
    onEnd.accept(this, reason);
  }

  private void publish(long n, String queue, Buffer message) {
    String type;
    try {
      type = rights.publish(queue, message);
    } catch (ServiceFailure e) {
      refuse(n, e);
      return;
    }
    inFlight++;
    inFlightBytes += message.length();
    updateReading();
    releaseHeartbeat(); // an agent's messages keep their order
    if (MessageTypes.MACHINE_HEARTBEAT.equals(type)) {
      held = () -> passOn(n, queue, message);
      heartbeats.add(this::releaseHeartbeat);
    } else {
      passOn(n, queue, message);
    }
  }

  private void releaseHeartbeat() {
    Runnable heartbeat = held;
    held = null;
    if (heartbeat != null) {
      heartbeat.run();
    }
  }

  private void passOn(long n, String queue, Buffer message) {
    broker
        .publish(queue, message)
        .onComplete(
            done -> {
              inFlight--;
              inFlightBytes -= message.length();
              updateReading();
              answer(n, done.cause());
            });
  }

  private void updateReading() {
    boolean busy = inFlight >= limits.publishes() || inFlightBytes >= limits.publishBytes();
    if (busy || socket.full()) {
      socket.reading(false);
    } else if (inFlight <= limits.publishes() / 2 && inFlightBytes <= limits.publishBytes() / 2) {
      socket.reading(true);
    }
  }

  private void subscribe(long n, String queue, int prefetch) {
    if (relays.containsKey(n)) {
      socket.garbage("subscription " + n + " is there already");
      return;
    }
    if (relays.size() >= limits.subscriptions()) {
      refuse(n, new ServiceFailure(ErrorCode.TOO_MANY, "too many subscriptions"));
      return;
    }
    SubscriptionRelay subscriptionRelay = new SubscriptionRelay(n, queue, socket);
    relays.put(n, subscriptionRelay);
    int bounded = Math.min(prefetch, limits.prefetch());
    rights
        .subscribe(queue)
        .compose(v -> declare(queue))
        .compose(v -> subscriptionRelay.open(broker, bounded))
        .onComplete(
            done -> {
              if (done.failed()) {
                relays.remove(n, subscriptionRelay);
              }
              answer(n, done.cause());
            });
  }

  /** Declares the machine's own queue; a group's queue is declared by dispatch. */
  private Future<Void> declare(String queue) {
    return queue.equals(QueueNames.machine(agentConnection.machineId()))
        ? broker
            .declare(queue, QueueSpec.commands())
            .recover(e -> isConflict(e) ? Future.succeededFuture() : Future.failedFuture(e))
        : Future.succeededFuture();
  }

  private static boolean isConflict(Throwable e) {
    return ServiceFailure.is(e, ErrorCode.CONFLICT);
  }

  private void unsubscribe(long n) {
    SubscriptionRelay subscriptionRelay = relays.remove(n);
    Future<Void> over =
        subscriptionRelay == null ? Future.succeededFuture() : subscriptionRelay.end();
    over.onComplete(done -> socket.send(LinkFrame.about(FrameType.ENDED, n)));
  }

  private void answer(long n, Throwable failure) {
    if (failure == null) {
      socket.send(LinkFrame.confirm(n));
    } else if (failure instanceof ServiceFailure known) {
      refuse(n, known);
    } else {
      log.error("broker failed [{}]", agentConnection, failure);
      refuse(n, new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker failed"));
    }
  }

  private void refuse(long n, ServiceFailure failure) {
    if (failure.code() == ErrorCode.FORBIDDEN) {
      counts.forbidden.incrementAndGet();
      log.warn("agent has no right [{}, text: {}]", agentConnection, failure.getMessage());
    }
    socket.send(LinkFrame.refuse(n, failure.code(), failure.getMessage()));
  }
}
