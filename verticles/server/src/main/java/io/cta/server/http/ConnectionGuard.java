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
 * Lets so many connections live, and none that takes its time: not to send a head, not to send a
 * body, not to be idle. A connection that has shown who it is does not count for its address any
 * more. Event loop of the HTTP server only.
 */
public final class ConnectionGuard {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final String SLOT = "cta.connection";
  private static final long SAY_AGAIN_NANOS = 10_000_000_000L;

  private final HttpLimits limits;
  private final TrustedProxies proxies;
  private final AddressQuota quota;
  private final Map<HttpConnection, TrackedConnection> slots = new IdentityHashMap<>();
  private int trusted;
  private long saidAt;
  private long refused;
  private long proxied;

  /**
   * @param proxies who may open as many connections as there are: behind them are many
   */
  public ConnectionGuard(HttpLimits limits, TrustedProxies proxies, MonotonicClock ticker) {
    this.proxies = proxies;
    this.ticker = ticker;
    this.saidAt = ticker.nanos() - SAY_AGAIN_NANOS;
    this.limits = limits;
    quota = new AddressQuota(limits.connections(), limits.connectionsPerAddress());
  }

  /** Looks after the connections from now on. */
  public void watch(Vertx vertx) {
    long every = Math.min(1_000, Math.max(50, limits.headerTimeout().toMillis() / 4));
    vertx.setPeriodic(every, id -> sweep(ticker.nanos()));
  }

  /** A connection was made; it lives on only if there is room. */
  public void opened(HttpConnection connection) {
    String address = payer(connection);
    boolean room = trusted + quota.taken() < limits.connections();
    if (!room || quota.take(address, 1) != AddressQuota.Answer.GRANTED) {
      refused++;
      say(address);
      connection.close();
      return;
    }
    TrackedConnection slot = new TrackedConnection(address, ticker.nanos());
    slots.put(connection, slot);
    connection.closeHandler(v -> closed(connection));
  }

  /** Whose share the connection is of: each of a proxy's has one of its own. */
  private String payer(HttpConnection connection) {
    String address = ClientAddress.of(connection.remoteAddress());
    return proxies.trusts(connection.remoteAddress().hostAddress())
        ? address + " " + proxied++
        : address;
  }

  /** The first to see a request. */
  public void request(RoutingContext ctx) {
    TrackedConnection slot = slots.get(ctx.request().connection());
    if (slot != null) {
      slot.begins(ctx.request(), ticker.nanos());
      ctx.put(SLOT, (Runnable) () -> trust(slot));
    }
    ctx.next();
  }

  /** The connection of this request is that of somebody known, and stays for long. */
  public static void trust(RoutingContext ctx) {
    Runnable trust = ctx.get(SLOT);
    if (trust != null) {
      trust.run();
    }
  }

  /** Connections now. */
  public int open() {
    return slots.size();
  }

  /** Connections that were closed at once. */
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
      switch (entry.getValue().verdict(now, limits)) {
        case GOES_ON -> {}
        case TOO_SLOW -> tooSlow(entry.getKey(), entry.getValue().request());
        case OVER -> entry.getKey().close();
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

  private void say(String address) {
    if (ticker.nanos() - saidAt >= SAY_AGAIN_NANOS) {
      saidAt = ticker.nanos();
      log.warn("connections refused [address: {}, refused: {}]", address, refused);
    }
  }
}
