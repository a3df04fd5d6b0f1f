package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;

import io.cta.broker.BackoffPolicy;
import io.cta.broker.KeptPort;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.LivenessSettings;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.access.BrowserSession;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.PublicAddress;
import io.cta.time.MonotonicClock;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** An HTTP server with only a gateway: token {@code agent-X} belongs to machine X. */
final class GatewayServer {
  static final LivenessSettings QUICK =
      new LivenessSettings(Duration.ofMillis(200), Duration.ofMillis(1500));
  static final BackoffPolicy SOON = new BackoffPolicy(20, 100);

  final Vertx vertx;
  final MessageBroker broker;
  final AgentGateway gateway;
  private final HttpServerOptions options;
  private final int port = KeptPort.next();
  private HttpServer server;

  GatewayServer(Vertx vertx, GatewayLimits limits) {
    this(vertx, limits, new HttpServerOptions());
  }

  /** Another gateway to an existing broker. */
  GatewayServer(Vertx vertx, GatewayLimits limits, MessageBroker broker) {
    this(vertx, limits, new HttpServerOptions(), broker);
  }

  GatewayServer(Vertx vertx, GatewayLimits limits, HttpServerOptions options) {
    this(vertx, limits, options, new EmbeddedBroker(vertx, Clock.systemUTC()));
  }

  private GatewayServer(
      Vertx vertx, GatewayLimits limits, HttpServerOptions options, MessageBroker broker) {
    this.vertx = vertx;
    this.broker = broker;
    this.options =
        options
            .addWebSocketSubProtocol(LinkFrame.PROTOCOL)
            .setMaxWebSocketFrameSize(LinkFrame.MAX_BYTES)
            .setMaxWebSocketMessageSize(LinkFrame.MAX_BYTES);
    gateway =
        new AgentGateway(
            vertx,
            broker,
            new RequestAuthenticator(
                GatewayServer::principal, GatewayServer::session, PublicAddress.NONE),
            (machine, execution) -> Future.succeededFuture(!execution.startsWith("private")),
            limits,
            TimeSource.system());
    open();
  }

  void open() {
    Router router = Router.router(vertx);
    gateway.mount(router);
    server = vertx.createHttpServer(options).requestHandler(router);
    await(server.listen(port, "127.0.0.1"));
  }

  /** Stops listening; {@link #open()} listens on the same port again. */
  void close() {
    await(server.close());
  }

  int port() {
    return port;
  }

  WebSocketLink link(String machine, String session, LinkListener listener) {
    return new WebSocketLink(
        vertx, MonotonicClock.system(), options(port, machine, session), listener);
  }

  static LinkOptions options(int port, String machine, String session) {
    return LinkOptions.of(URI.create("http://127.0.0.1:" + port), "agent-" + machine, session)
        .with(LivenessSettings.LINK, SOON);
  }

  private static Future<BrowserSession> session(String cookie) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, "no session"));
  }

  private static Future<AuthenticatedPrincipal> principal(String token) {
    if (token.equals("person")) {
      return Future.succeededFuture(
          new AuthenticatedPrincipal("ann", "u1", null, TokenKind.API, null));
    }
    if (!token.startsWith("agent-")) {
      return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, "unknown token"));
    }
    String machine = token.substring("agent-".length());
    return Future.succeededFuture(
        new AuthenticatedPrincipal(machine, null, null, TokenKind.AGENT, machine));
  }
}
