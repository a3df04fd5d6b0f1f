package io.cta.server.live;

import io.cta.bus.BusCodecs;
import io.cta.domain.AccessRole;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.access.BrowserSession;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.PublicAddress;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreRepositories;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The feed on a real port. Known tokens: {@code viewer}, {@code agent}; cookie: {@code good}. */
final class LiveServer {
  final Vertx vertx;
  // kept in a field: a client without references is closed when it is collected
  final WebSocketClient sockets;
  final Set<String> revoked = ConcurrentHashMap.newKeySet();
  final MemoryStore store;
  private HttpServer http;

  LiveServer(Vertx vertx) {
    this.vertx = vertx;
    store = new MemoryStore(vertx);
    sockets = vertx.createWebSocketClient();
  }

  Future<LiveServer> start(LiveLimits limits) {
    BusCodecs.register(vertx);
    LiveVerticle live =
        new LiveVerticle(
            new StoreRepositories(store),
            new RequestAuthenticator(this::bearer, this::session, PublicAddress.NONE),
            limits,
            MonotonicClock.system());
    return vertx
        .deployVerticle(live)
        .compose(
            id -> {
              Router router = Router.router(vertx);
              live.mount(router);
              HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
              return vertx.createHttpServer(options).requestHandler(router).listen();
            })
        .map(
            server -> {
              http = server;
              return this;
            });
  }

  int port() {
    return http.actualPort();
  }

  private Future<AuthenticatedPrincipal> bearer(String token) {
    return revoked.contains(token) ? refused() : known(token);
  }

  private Future<AuthenticatedPrincipal> known(String token) {
    return switch (token) {
      case "viewer" ->
          Future.succeededFuture(
              new AuthenticatedPrincipal("vera", "u1", AccessRole.VIEWER, null, null));
      case "agent" ->
          Future.succeededFuture(new AuthenticatedPrincipal("box", null, null, null, "m1"));
      default -> refused();
    };
  }

  private Future<BrowserSession> session(String cookie) {
    return (cookie.equals("good") ? known("viewer") : refused()).map(KnownSession::new);
  }

  private record KnownSession(AuthenticatedPrincipal principal) implements BrowserSession {
    @Override
    public boolean vouchedBy(String token) {
      return false;
    }
  }

  private static Future<AuthenticatedPrincipal> refused() {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, "unknown token"));
  }
}
