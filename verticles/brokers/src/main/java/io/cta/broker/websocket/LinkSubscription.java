package io.cta.broker.websocket;

import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * A subscription that outlives connections. The link's side of it runs on the link's context, the
 * handler and {@link QueueSubscription}'s methods on the subscriber's.
 */
final class LinkSubscription implements QueueSubscription {
  private static final DeliveryPostponed PAUSED = new DeliveryPostponed("the subscriber is paused");

  final long n;
  final String queue;
  private final int prefetch;
  private final DeliveryHandler handler;
  private final WebSocketLink link;
  private final CallerPromise<QueueSubscription> opening;
  private boolean opened;
  private boolean pausedAtServer;
  private boolean paused;
  private boolean cancelled;

  LinkSubscription(
      long n,
      String queue,
      int prefetch,
      DeliveryHandler handler,
      WebSocketLink link,
      CallerPromise<QueueSubscription> opening) {
    this.n = n;
    this.queue = queue;
    this.prefetch = prefetch;
    this.handler = handler;
    this.link = link;
    this.opening = opening;
  }

  /** Asks the server for the subscription, on each new connection. */
  void subscribe(FrameSocket socket) {
    socket.send(LinkFrame.subscribe(n, queue, prefetch));
    if (pausedAtServer) {
      socket.send(LinkFrame.about(FrameType.PAUSE, n));
    }
  }

  void confirmed() {
    opened = true;
    opening.succeed(this);
  }

  /**
   * True when the subscriber still waited for it and was told; false when it had been confirmed
   * before.
   */
  boolean refused(Throwable why) {
    if (!opened) {
      opening.fail(why);
    }
    return !opened;
  }

  void deliver(long d, Buffer message, FrameSocket socket) {
    opening.caller().runOnContext(v -> handle(message).onComplete(done -> settle(d, done, socket)));
  }

  private Future<Void> handle(Buffer message) {
    if (cancelled || paused) {
      return Future.failedFuture(PAUSED);
    }
    try {
      return handler.handle(message);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void settle(long d, io.vertx.core.AsyncResult<Void> done, FrameSocket socket) {
    link.onLinkContext(() -> socket.send(LinkFrame.settle(n, d, done.cause())));
  }

  @Override
  public void pause() {
    paused = true;
    link.onLinkContext(() -> pausedAtServer(true));
  }

  @Override
  public void resume() {
    paused = false;
    link.onLinkContext(() -> pausedAtServer(false));
  }

  @Override
  public Future<Void> cancel() {
    cancelled = true;
    return link.cancel(this);
  }

  private void pausedAtServer(boolean now) {
    pausedAtServer = now;
    link.send(LinkFrame.about(now ? FrameType.PAUSE : FrameType.RESUME, n));
  }
}
