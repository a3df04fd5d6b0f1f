package io.cta.broker.websocket;

import io.cta.time.MonotonicClock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.net.URI;

/** Connects a link, and again whenever that is over, with growing waits. Link's context only. */
final class LinkReconnector {
  private final MonotonicClock ticker;

  /**
   * A connection that ended sooner is one more failure; after a longer one the count is at zero.
   */
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final Vertx vertx;
  private final LinkOptions options;
  private final WebSocketConnector webSocketConnector;
  private final Events events;
  private long upSince;
  private int failures;
  private long waiting = -1;
  private boolean hurried;
  private boolean begun;
  private boolean closed;

  /** What comes of it. */
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
    if (!begun) {
      begun = true;
      dial();
    }
  }

  /** The server that it is connected to, or tries. */
  URI server() {
    return webSocketConnector.server();
  }

  /** The connection that was up is over. */
  void lost(String reason) {
    failures = ticker.nanos() - upSince > STABLE_NANOS ? 0 : failures;
    down(reason);
  }

  Future<Void> close() {
    closed = true;
    return webSocketConnector.close();
  }

  private void dial() {
    if (!closed) {
      webSocketConnector.dial().onComplete(this::dialled);
    }
  }

  private void dialled(AsyncResult<WebSocket> done) {
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
    if (why instanceof WebSocketConnector.Refused no && no.status >= 400 && no.status < 500) {
      webSocketConnector.next();
      long wait = options.backoff().jittered(Integer.MAX_VALUE);
      events.refused(no.status, text, wait);
      retry(wait);
    } else {
      down(text);
    }
  }

  private void down(String reason) {
    webSocketConnector.next();
    // waits grow with each round: before the next server of a round there is the shortest one
    int rounds = ++failures / options.servers().size();
    long wait = options.backoff().jittered(Math.max(1, rounds));
    events.down(reason, wait);
    retry(wait);
  }

  /** Connects now instead of after the wait, if it waits; the next wait is none. */
  void hurry() {
    hurried = true;
    if (waiting >= 0 && vertx.cancelTimer(waiting)) {
      retry(0);
    }
  }

  private void retry(long wait) {
    long pause = hurried ? 1 : Math.max(1, wait);
    hurried = false;
    waiting =
        vertx.setTimer(
            pause,
            id -> {
              waiting = -1;
              dial();
            });
  }
}
