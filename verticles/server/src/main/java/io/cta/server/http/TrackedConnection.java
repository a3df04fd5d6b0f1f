package io.cta.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** One connection: what it is at, and since when. */
final class TrackedConnection {
  /** How long a connection may stay without a request. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** What is to become of a connection. */
  enum TimeoutState {
    GOES_ON,
    /** It has begun a request and does not send the rest of it. */
    TOO_SLOW,
    OVER
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

  void begins(HttpServerRequest next, long now) {
    request = next;
    since = now;
    idle = false;
  }

  TimeoutState verdict(long now, HttpLimits limits) {
    if (trusted) {
      return TimeoutState.GOES_ON;
    }
    if (request == null) {
      return after(limits.headerTimeout(), now, TimeoutState.OVER);
    }
    if (!request.isEnded()) {
      return after(limits.bodyTimeout(), now, TimeoutState.TOO_SLOW);
    }
    if (!request.response().ended() && !request.response().closed()) {
      return TimeoutState.GOES_ON; // it waits for its answer, or reads it
    }
    if (!idle) {
      idle = true;
      since = now;
    }
    return after(IDLE, now, TimeoutState.OVER);
  }

  private TimeoutState after(Duration limit, long now, TimeoutState then) {
    return now - since > limit.toNanos() ? then : TimeoutState.GOES_ON;
  }
}
