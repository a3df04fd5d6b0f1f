package io.cta.server.gateway;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSubscription;
import io.cta.broker.websocket.DeliveryOutcome;
import io.cta.broker.websocket.FrameSocket;
import io.cta.broker.websocket.LinkFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** One subscription of an agent: forwards deliveries and settles them as the agent says. */
final class SubscriptionRelay {
  private final long n;
  private final String queue;
  private final FrameSocket socket;
  private final Map<Long, Promise<Void>> unsettled = new HashMap<>();
  private QueueSubscription subscription;
  private long deliveries;
  private boolean pausedByAgent;
  private boolean congested;
  private boolean ended;

  SubscriptionRelay(long n, String queue, FrameSocket socket) {
    this.n = n;
    this.queue = queue;
    this.socket = socket;
  }

  String queue() {
    return queue;
  }

  Future<Void> open(MessageBroker broker, int prefetch) {
    return broker.subscribe(queue, prefetch, this::deliver).compose(this::opened);
  }

  void settle(long d, DeliveryOutcome deliveryOutcome, String text) {
    Promise<Void> delivery = unsettled.remove(d);
    if (delivery == null) {
      return;
    }
    Throwable failure = deliveryOutcome.failure(text);
    if (failure == null) {
      delivery.complete();
    } else {
      delivery.fail(failure);
    }
  }

  void pausedByAgent(boolean on) {
    pausedByAgent = on;
    updatePause();
  }

  /** Whether the socket's write queue is full. */
  void congested(boolean on) {
    if (congested != on) {
      congested = on;
      updatePause();
    }
  }

  /** Cancels the subscription; the broker requeues what is unsettled. */
  Future<Void> end() {
    ended = true;
    unsettled.clear();
    return subscription == null ? Future.succeededFuture() : subscription.cancel();
  }

  private Future<Void> opened(QueueSubscription made) {
    subscription = made;
    if (ended) {
      return made.cancel();
    }
    updatePause();
    return Future.succeededFuture();
  }

  private Future<Void> deliver(Buffer message) {
    Promise<Void> settled = Promise.promise();
    long d = ++deliveries;
    unsettled.put(d, settled);
    socket.send(LinkFrame.deliver(n, d), message);
    congested(socket.full());
    return settled.future();
  }

  private void updatePause() {
    if (subscription != null && !ended) {
      if (pausedByAgent || congested) {
        subscription.pause();
      } else {
        subscription.resume();
      }
    }
  }
}
