package io.cta.broker.websocket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Opens the WebSocket of a link, to one of its servers. Link's context only. */
final class WebSocketConnector {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final WebSocketClient client;
  private final LinkOptions options;
  private int at;

  /** The server's no. */
  static final class Refused extends RuntimeException {
    final int status;

    Refused(int status, String text) {
      super(text, null, false, false);
      this.status = status;
    }
  }

  WebSocketConnector(Vertx vertx, LinkOptions options) {
    this.options = options;
    // agents that have the same list do not all begin with the same server
    at = ThreadLocalRandom.current().nextInt(options.servers().size());
    WebSocketClientOptions settings =
        new WebSocketClientOptions()
            .setTrustAll(options.trustAll())
            .setVerifyHost(!options.trustAll())
            .setTcpNoDelay(true)
            .setClosingTimeout(5)
            .setMaxFrameSize(LinkFrame.MAX_BYTES)
            .setMaxMessageSize(LinkFrame.MAX_BYTES)
            .setConnectTimeout(TIMEOUT_MILLIS);
    if (options.trust() != null) {
      settings.setTrustOptions(options.trust());
    }
    client = vertx.createWebSocketClient(settings);
  }

  /** The server whose turn it is. */
  URI server() {
    return options.servers().get(at);
  }

  void next() {
    at = (at + 1) % options.servers().size();
  }

  private WebSocketConnectOptions target() {
    URI server = server();
    boolean tls = "https".equals(server.getScheme()) || "wss".equals(server.getScheme());
    int standard = tls ? 443 : 80;
    String base = server.getPath() == null ? "" : server.getPath().replaceAll("/+$", "");
    return new WebSocketConnectOptions()
        .setHost(server.getHost())
        .setPort(server.getPort() > 0 ? server.getPort() : standard)
        .setSsl(tls)
        .setURI(base + LinkFrame.PATH)
        .setTimeout(TIMEOUT_MILLIS)
        .setSubProtocols(List.of(LinkFrame.PROTOCOL))
        .putHeader(HttpHeaders.AUTHORIZATION.toString(), "Bearer " + options.token().get())
        .putHeader(LinkFrame.SESSION, options.session());
  }

  /** A connection, or a failure: {@link Refused} when the server said no. */
  Future<WebSocket> dial() {
    return client
        .connect(target())
        .recover(
            e ->
                e instanceof UpgradeRejectedException no
                    ? Future.failedFuture(refused(no))
                    : Future.failedFuture(e));
  }

  Future<Void> close() {
    return client.close();
  }

  private RuntimeException refused(UpgradeRejectedException no) {
    String text = detail(no.getBody());
    return new Refused(
        no.getStatus(),
        text != null
            ? text
            : "HTTP " + no.getStatus() + ", and not from CTA: a proxy answers at " + server());
  }

  /** What CTA says in its problem documents; null when others answered. */
  private static String detail(Buffer body) {
    try {
      return body == null ? null : new JsonObject(body).getString("detail");
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
