package io.cta.broker.websocket;

import io.cta.broker.BrokerHealth;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The broker of an agent: its server's, reached over one WebSocket that connects again by itself. A
 * publish that the server has not answered when the connection is lost is sent again after the
 * reconnect, in order, so its future stays open; it fails at once only when too much is waiting.
 * Only the server makes and removes queues. Usable from any context.
 */
public final class WebSocketLink implements MessageBroker {
  private static final int MAX_MESSAGE_BYTES = LinkFrame.MAX_BYTES - LinkFrame.MAX_LINE_BYTES;

  private final Vertx vertx;
  private final MonotonicClock ticker;
  private final Context linkContext;
  private final LinkOptions options;
  private final LinkListener listener;
  private final LinkReconnector linkReconnector;
  private final LinkPublishBuffer buffer;
  private final AtomicLong numbers = new AtomicLong();
  private final LinkSubscriptionRegistry subscriptions;
  private final List<CallerPromise<Void>> starting = new ArrayList<>();
  private FrameSocket socket;
  private String state = "not connected yet";
  private boolean closed;

  public WebSocketLink(
      Vertx vertx, MonotonicClock ticker, LinkOptions options, LinkListener listener) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.linkContext = vertx.getOrCreateContext();
    this.options = options;
    this.listener = listener;
    this.subscriptions = new LinkSubscriptionRegistry(listener);
    this.linkReconnector = new LinkReconnector(vertx, options, new ReconnectListener(), ticker);
    this.buffer =
        new LinkPublishBuffer(options.window(), options.capacity(), options.capacityBytes());
  }

  /**
   * Begins to connect, once. Completes at the first connection; fails when the server refuses
   * before that, or when the link is closed. The link keeps trying in any case.
   */
  public Future<Void> connect() {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onLinkContext(
        () -> {
          starting.add(answer);
          linkReconnector.begin();
        });
    return answer.future();
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> delete(String queue) {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.FORBIDDEN, "queues are removed by the server"));
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    if (message.length() > MAX_MESSAGE_BYTES) {
      String text =
          "a message has at most " + MAX_MESSAGE_BYTES + " bytes, not " + message.length();
      return Future.failedFuture(new ServiceFailure(ErrorCode.TOO_LARGE, text));
    }
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onLinkContext(
        () -> {
          if (closed) {
            answer.fail(closedFailure());
          } else if (buffer.offer(
              new LinkPublishBuffer.Publish(numbers.incrementAndGet(), queue, message, answer))) {
            flush();
          } else {
            String text = "the link holds " + buffer.size() + " publishes and is full";
            answer.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
          }
        });
    return answer.future();
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    CallerPromise<QueueSubscription> answer = new CallerPromise<>(vertx);
    onLinkContext(
        () -> {
          LinkSubscription s =
              new LinkSubscription(
                  numbers.incrementAndGet(), queue, prefetch, handler, this, answer);
          if (closed) {
            answer.fail(closedFailure());
            return;
          }
          subscriptions.add(s, socket);
        });
    return answer.future();
  }

  @Override
  public Future<BrokerHealth> health() {
    CallerPromise<BrokerHealth> answer = new CallerPromise<>(vertx);
    onLinkContext(() -> answer.succeed(new BrokerHealth(socket != null, state, 0)));
    return answer.future();
  }

  /**
   * Drops the connection, which may be dead without either side knowing, and connects at once.
   * Publishes without an answer are sent again.
   */
  public void renew(String reason) {
    onLinkContext(
        () -> {
          linkReconnector.reconnectNow();
          if (socket != null) {
            socket.close(reason);
          }
        });
  }

  @Override
  public Future<Void> close() {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onLinkContext(
        () -> {
          closed = true;
          state = "closed";
          if (socket != null) {
            socket.close("the agent has closed the link");
          }
          buffer.fail(closedFailure());
          subscriptions.refuseAll(closedFailure());
          starting.forEach(s -> s.fail(closedFailure()));
          starting.clear();
          linkReconnector.close().onComplete(done -> answer.succeed(null));
        });
    return answer.future();
  }

  void onLinkContext(Runnable work) {
    linkContext.runOnContext(v -> work.run());
  }

  /** Sends a frame if there is a connection. */
  void send(LinkFrame frame) {
    if (socket != null) {
      socket.send(frame);
    }
  }

  Future<Void> cancel(LinkSubscription s) {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onLinkContext(() -> subscriptions.cancel(s, socket, answer));
    return answer.future();
  }

  private void up(WebSocket connected) {
    socket = new FrameSocket(vertx, connected, options.liveness(), new FromServer(), ticker);
    state = "connected to " + linkReconnector.server();
    socket.start();
    subscriptions.subscribeAll(socket);
    flush();
    starting.forEach(s -> s.succeed(null));
    starting.clear();
    listener.up();
  }

  private void flush() {
    while (socket != null && !socket.full()) {
      LinkPublishBuffer.Publish next = buffer.next();
      if (next == null) {
        return;
      }
      socket.send(LinkFrame.publish(next.n(), next.queue()), next.message());
    }
  }

  private static ServiceFailure closedFailure() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the link is closed");
  }

  /** Handles what comes over the connection. */
  private final class FromServer implements FrameSocket.Events {
    @Override
    public void frame(LinkFrame frame, Buffer message) {
      switch (frame.op()) {
        case CONFIRM, REFUSE -> answered(frame);
        case DELIVER -> subscriptions.deliver(frame, message, socket);
        case ENDED -> subscriptions.ended(frame.n());
        case ERROR -> state = frame.text();
        default -> socket.garbage("the server sent " + frame.op());
      }
    }

    private void answered(LinkFrame frame) {
      LinkPublishBuffer.Publish publish = buffer.answered(frame.n());
      if (publish == null) {
        subscriptions.answered(frame);
      } else if (frame.op() == FrameType.CONFIRM) {
        publish.answer().succeed(null);
      } else {
        publish.answer().fail(frame.failure());
      }
      flush();
    }

    @Override
    public void writable() {
      flush();
    }

    @Override
    public void ended(String reason, boolean garbage) {
      socket = null;
      buffer.rewind();
      subscriptions.disconnected();
      if (!closed) {
        linkReconnector.lost(reason);
      }
    }
  }

  /** Follows how connecting goes. */
  private final class ReconnectListener implements LinkReconnector.Events {
    @Override
    public void up(WebSocket connected) {
      WebSocketLink.this.up(connected);
    }

    @Override
    public void down(String reason, long retryMillis) {
      state = "down: " + reason;
      listener.down(reason, retryMillis);
    }

    @Override
    public void refused(int status, String text, long retryMillis) {
      state = "refused: " + text;
      ServiceFailure failure = new ServiceFailure(ErrorCode.ofStatus(status), text);
      starting.forEach(s -> s.fail(failure));
      starting.clear();
      listener.refused(status, text, retryMillis);
    }
  }
}
