package io.cta.broker.websocket;

import io.cta.time.MonotonicClock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.net.URI;

/**
 * Connects a link, and again whenever the connection is lost, with growing waits. Link's context
 * only.
 */
final class LinkReconnector {
  private final MonotonicClock ticker;

  /** A connection that ends sooner counts as one more failure; a longer one resets the count. */
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final Vertx vertx;
  private final LinkOptions options;
  private final WebSocketConnector webSocketConnector;
  private final Events events;
  private long upSince;
  private int failures;
  private long waiting = -1;
  private boolean skipWait;
  private boolean started;
  private boolean closed;

  /** What comes of connecting. */
  interface Events {
    void up(WebSocket connected);

    void down(String reason, long retryMillis);

    void refused(int status, String text, long retryMillis);
  }

  LinkReconnector(Vertx vertx, LinkOptions options, Events events, MonotonicClock ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.options = options;
    this.webSocketConnector = new WebSocketConnector(vertx, options);
    this.events = events;
  }

  void begin() {
    if (!started) {
      started = true;
      connect();
    }
  }

  /** The server that it is connected to, or tries next. */
  URI server() {
    return webSocketConnector.server();
  }

  /** The connection that was up is lost. */
  void lost(String reason) {
    failures = ticker.nanos() - upSince > STABLE_NANOS ? 0 : failures;
    down(reason);
  }

  Future<Void> close() {
    closed = true;
    return webSocketConnector.close();
  }

  private void connect() {
    if (!closed) {
      webSocketConnector.connect().onComplete(this::connected);
    }
  }

  private void connected(AsyncResult<WebSocket> done) {
    if (done.failed()) {
      failed(done.cause());
    } else if (closed) {
      done.result().close();
    } else {
      upSince = ticker.nanos();
      events.up(done.result());
    }
  }

  private void failed(Throwable why) {
    if (closed) {
      return;
    }
    String text = why.getMessage() == null ? why.toString() : why.getMessage();
    if (why instanceof WebSocketConnector.Refused refusal
        && refusal.status >= 400
        && refusal.status < 500) {
      webSocketConnector.useNextServer();
      long wait = options.backoff().jittered(Integer.MAX_VALUE);
      events.refused(refusal.status, text, wait);
      retry(wait);
    } else {
      down(text);
    }
  }

  private void down(String reason) {
    webSocketConnector.useNextServer();
    // waits grow once per round of all servers
    int rounds = ++failures / options.servers().size();
    long wait = options.backoff().jittered(Math.max(1, rounds));
    events.down(reason, wait);
    retry(wait);
  }

  /** Connects at once if it waits, else without the next wait. */
  void reconnectNow() {
    skipWait = true;
    if (waiting >= 0 && vertx.cancelTimer(waiting)) {
      retry(0);
    }
  }

  private void retry(long wait) {
    long pause = skipWait ? 1 : Math.max(1, wait);
    skipWait = false;
    waiting =
        vertx.setTimer(
            pause,
            id -> {
              waiting = -1;
              connect();
            });
  }
}
