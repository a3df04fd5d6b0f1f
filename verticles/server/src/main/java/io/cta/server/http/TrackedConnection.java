package io.cta.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** One connection: its current request, and since when it has been sending or idle. */
final class TrackedConnection {
  /** How long a connection may stay open without a request. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** What the guard does with a connection. */
  enum TimeoutState {
    KEEP,
    /** It has begun a request and not sent the rest in time. */
    TOO_SLOW,
    CLOSE
  }

  final String address;
  boolean trusted;
  boolean closed;
  private HttpServerRequest request;
  private long since;
  private boolean idle;

  TrackedConnection(String address, long now) {
    this.address = address;
    this.since = now;
  }

  HttpServerRequest request() {
    return request;
  }

  void requestBegins(HttpServerRequest next, long now) {
    request = next;
    since = now;
    idle = false;
  }

  TimeoutState timeoutState(long now, HttpLimits limits) {
    if (trusted) {
      return TimeoutState.KEEP;
    }
    if (request == null) {
      return after(limits.headerTimeout(), now, TimeoutState.CLOSE);
    }
    if (!request.isEnded()) {
      return after(limits.bodyTimeout(), now, TimeoutState.TOO_SLOW);
    }
    if (!request.response().ended() && !request.response().closed()) {
      return TimeoutState.KEEP; // the client waits for its answer, or reads it
    }
    if (!idle) {
      idle = true;
      since = now;
    }
    return after(IDLE, now, TimeoutState.CLOSE);
  }

  private TimeoutState after(Duration limit, long now, TimeoutState then) {
    return now - since > limit.toNanos() ? then : TimeoutState.KEEP;
  }
}
