package io.cta.server.launch;

import io.cta.broker.websocket.LinkFrame;
import io.cta.server.config.ServerConfig;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.http.HeadRequestHandler;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.HttpLimits;
import io.cta.server.http.ProxiedRequestHandler;
import io.cta.server.http.PublicAddress;
import io.cta.server.http.TrustedProxies;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Opens the HTTP port and mounts every part that speaks HTTP on one router. */
final class HttpVerticle extends VerticleBase {
  /** Frames of the agents' gateway carry messages of up to 1 MB, base64 and envelope included. */
  private static final int MAX_FRAME_BYTES = 2 * 1024 * 1024;

  private final String host;
  private final int port;
  private final TrustedProxies proxies;
  private final PublicAddress address;
  private final List<HttpEndpoint> endpoints;
  private final ConnectionGuard guard;
  private final Clock clock;
  private HttpServer server;

  HttpVerticle(
      ServerConfig.Http config, HttpLimits limits, List<HttpEndpoint> endpoints, TimeSource time) {
    this.host = config.host();
    this.port = config.port();
    this.proxies = new TrustedProxies(config.trustedProxies());
    this.address = new PublicAddress(config.publicUrl());
    this.endpoints = List.copyOf(endpoints);
    this.guard = new ConnectionGuard(limits, proxies, time.ticker());
    this.clock = time.wall();
  }

  @Override
  public Future<?> start() {
    Router root = Router.router(vertx);
    root.route().handler(guard::request);
    root.route().handler(this::date);
    endpoints.forEach(endpoint -> endpoint.mount(root));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setCompressionSupported(true)
            .setHandle100ContinueAutomatically(true)
            .addWebSocketSubProtocol(LinkFrame.PROTOCOL)
            .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
            .setMaxWebSocketMessageSize(MAX_FRAME_BYTES)
            // one request at a time per connection, so that the guard can time each
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(120);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(guard::opened)
            .requestHandler(
                new ProxiedRequestHandler(proxies, address, new HeadRequestHandler(root)));
    guard.watch(vertx);
    return server.listen();
  }

  /** Sends the server's time: pages compute with it, not with the viewer's clock. */
  private void date(RoutingContext ctx) {
    ctx.response()
        .putHeader(
            HttpHeaders.DATE,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    ctx.next();
  }

  @Override
  public Future<?> stop() {
    endpoints.forEach(HttpEndpoint::close);
    return server == null ? Future.succeededFuture() : server.close();
  }

  /** The port in use; chosen by the system when 0 is configured. */
  int port() {
    return server.actualPort();
  }
}
