package io.cta.broker.websocket;

import io.cta.broker.CallerPromise;
import io.cta.broker.LinkListener;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The subscriptions of a link, and those that the server was asked to end and has not ended yet.
 * Link's context only.
 */
final class LinkSubscriptionRegistry {
  private final LinkListener listener;
  private final Map<Long, LinkSubscription> subscriptions = new LinkedHashMap<>();
  private final Map<Long, CallerPromise<Void>> leaving = new HashMap<>();

  LinkSubscriptionRegistry(LinkListener listener) {
    this.listener = listener;
  }

  /**
   * @param socket null while there is no connection
   */
  void add(LinkSubscription s, FrameSocket socket) {
    subscriptions.put(s.n, s);
    if (socket != null) {
      s.subscribe(socket);
    }
  }

  /** Asks the server for all of them, in the order in which they were made. */
  void subscribeAll(FrameSocket socket) {
    subscriptions.values().forEach(s -> s.subscribe(socket));
  }

  /**
   * Forgets a subscription, and completes once the server has ended it.
   *
   * @param socket null while there is no connection
   */
  void cancel(LinkSubscription s, FrameSocket socket, CallerPromise<Void> answer) {
    if (subscriptions.remove(s.n) == null || socket == null) {
      answer.succeed(null);
    } else {
      leaving.put(s.n, answer);
      socket.send(LinkFrame.about(FrameType.UNSUBSCRIBE, s.n));
    }
  }

  void deliver(LinkFrame frame, Buffer message, FrameSocket socket) {
    LinkSubscription s = subscriptions.get(frame.n());
    if (s != null) {
      s.deliver(frame.d(), message, socket);
    }
  }

  /** The server has confirmed or refused a subscription; a number of something else is ignored. */
  void answered(LinkFrame frame) {
    LinkSubscription s = subscriptions.get(frame.n());
    if (s == null) {
      return;
    }
    if (frame.op() == FrameType.CONFIRM) {
      s.confirmed();
      return;
    }
    subscriptions.remove(s.n);
    if (!s.refused(frame.failure())) {
      listener.lost(s.queue, frame.text());
    }
  }

  /** The server has ended a subscription, because it was asked to or by itself. */
  void ended(long n) {
    CallerPromise<Void> answer = leaving.remove(n);
    if (answer != null) {
      answer.succeed(null);
    }
    LinkSubscription ended = subscriptions.remove(n);
    if (ended != null) {
      listener.lost(ended.queue, "ended by the server");
    }
  }

  /** The connection is gone, and with it what the server had to end. */
  void disconnected() {
    leaving.values().forEach(a -> a.succeed(null));
    leaving.clear();
  }

  void refuseAll(ServiceFailure why) {
    subscriptions.values().forEach(s -> s.refused(why));
    subscriptions.clear();
  }
}
