package io.cta.broker.websocket;

import io.cta.broker.Answer;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.Postponed;
import io.cta.broker.Subscription;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * A subscription that outlives connections. The link's side of it runs on the link's context, the
 * handler and {@link Subscription}'s methods on the subscriber's.
 */
final class LinkSubscription implements Subscription {
  private static final Postponed PAUSED = new Postponed("the subscriber is paused");

  final long n;
  final String queue;
  private final int prefetch;
  private final DeliveryHandler handler;
  private final WebSocketLink link;
  private final Answer<Subscription> opening;
  private boolean opened;
  private boolean quiet;
  private boolean paused;
  private boolean cancelled;

  LinkSubscription(
      long n,
      String queue,
      int prefetch,
      DeliveryHandler handler,
      WebSocketLink link,
      Answer<Subscription> opening) {
    this.n = n;
    this.queue = queue;
    this.prefetch = prefetch;
    this.handler = handler;
    this.link = link;
    this.opening = opening;
  }

  /** Asks the server for it; on each new connection. */
  void ask(FrameSocket socket) {
    socket.send(Frame.subscribe(n, queue, prefetch));
    if (quiet) {
      socket.send(Frame.about(Op.PAUSE, n));
    }
  }

  void confirmed() {
    opened = true;
    opening.succeed(this);
  }

  /** True when somebody waited for it, and was told; false when it had been there before. */
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
    link.atHome(() -> socket.send(Frame.settle(n, d, done.cause())));
  }

  @Override
  public void pause() {
    paused = true;
    link.atHome(() -> quiet(true));
  }

  @Override
  public void resume() {
    paused = false;
    link.atHome(() -> quiet(false));
  }

  @Override
  public Future<Void> cancel() {
    cancelled = true;
    return link.cancel(this);
  }

  private void quiet(boolean now) {
    quiet = now;
    link.tell(Frame.about(now ? Op.PAUSE : Op.RESUME, n));
  }
}
