package io.cta.server.http;

import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connections, in total and per address, and closes those that are too slow to
 * send a head or a body, or idle too long. An authenticated connection no longer counts for its
 * address and has no time limit. Event loop of the HTTP server only.
 */
public final class ConnectionGuard {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final String SLOT = "cta.connection";
  private static final long LOG_EVERY_NANOS = 10_000_000_000L;

  private final HttpLimits limits;
  private final TrustedProxies proxies;
  private final AddressQuota quota;
  private final Map<HttpConnection, TrackedConnection> slots = new IdentityHashMap<>();
  private int trusted;
  private long loggedAt;
  private long refused;
  private long proxied;

  /**
   * @param proxies peers without a limit per address, because each serves many clients
   */
  public ConnectionGuard(HttpLimits limits, TrustedProxies proxies, MonotonicClock ticker) {
    this.proxies = proxies;
    this.ticker = ticker;
    this.loggedAt = ticker.nanos() - LOG_EVERY_NANOS;
    this.limits = limits;
    quota = new AddressQuota(limits.connections(), limits.connectionsPerAddress());
  }

  /** Starts the periodic check for slow and idle connections. */
  public void watch(Vertx vertx) {
    long every = Math.min(1_000, Math.max(50, limits.headerTimeout().toMillis() / 4));
    vertx.setPeriodic(every, id -> sweep(ticker.nanos()));
  }

  /** Handles a new connection; closes it when a limit is reached. */
  public void opened(HttpConnection connection) {
    String address = quotaKey(connection);
    boolean room = trusted + quota.taken() < limits.connections();
    if (!room || quota.take(address, 1) != AddressQuota.Answer.GRANTED) {
      refused++;
      logRefusal(address);
      connection.close();
      return;
    }
    TrackedConnection slot = new TrackedConnection(address, ticker.nanos());
    slots.put(connection, slot);
    connection.closeHandler(v -> closed(connection));
  }

  /** The key of the quota: for a connection of a trusted proxy a new one each time. */
  private String quotaKey(HttpConnection connection) {
    String address = ClientAddress.of(connection.remoteAddress());
    return proxies.trusts(connection.remoteAddress().hostAddress())
        ? address + " " + proxied++
        : address;
  }

  /** Notes that a request has begun; must be the first handler of every request. */
  public void request(RoutingContext ctx) {
    TrackedConnection slot = slots.get(ctx.request().connection());
    if (slot != null) {
      slot.requestBegins(ctx.request(), ticker.nanos());
      ctx.put(SLOT, (Runnable) () -> trust(slot));
    }
    ctx.next();
  }

  /** Marks the request's connection as authenticated: it may stay open without time limit. */
  public static void trust(RoutingContext ctx) {
    Runnable trust = ctx.get(SLOT);
    if (trust != null) {
      trust.run();
    }
  }

  /** Open connections. */
  public int open() {
    return slots.size();
  }

  /** Connections closed at once because a limit was reached. */
  public long refused() {
    return refused;
  }

  private void trust(TrackedConnection slot) {
    if (!slot.trusted && !slot.closed) {
      slot.trusted = true;
      trusted++;
      quota.giveBack(slot.address, 1);
    }
  }

  private void closed(HttpConnection connection) {
    TrackedConnection slot = slots.remove(connection);
    if (slot == null) {
      return;
    }
    slot.closed = true;
    if (slot.trusted) {
      trusted--;
    } else {
      quota.giveBack(slot.address, 1);
    }
  }

  private void sweep(long now) {
    for (Map.Entry<HttpConnection, TrackedConnection> entry : List.copyOf(slots.entrySet())) {
      switch (entry.getValue().timeoutState(now, limits)) {
        case KEEP -> {}
        case TOO_SLOW -> tooSlow(entry.getKey(), entry.getValue().request());
        case CLOSE -> entry.getKey().close();
      }
    }
  }

  private static void tooSlow(HttpConnection connection, HttpServerRequest request) {
    if (request == null || request.response().headWritten() || request.response().closed()) {
      connection.close();
      return;
    }
    request
        .response()
        .setStatusCode(408)
        .putHeader("Connection", "close")
        .putHeader("Content-Type", "application/problem+json")
        .end(
            "{\"type\":\"urn:cta:error:timeout\",\"title\":\"Timeout\",\"status\":408,"
                + "\"detail\":\"the body did not come in time\"}")
        .onComplete(done -> connection.close());
  }

  private void logRefusal(String address) {
    if (ticker.nanos() - loggedAt >= LOG_EVERY_NANOS) {
      loggedAt = ticker.nanos();
      log.warn("connections refused [address: {}, refused: {}]", address, refused);
    }
  }
}
