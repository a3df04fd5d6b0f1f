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
  private int index;

  /** The server refused the connection. */
  static final class Refused extends RuntimeException {
    final int status;

    Refused(int status, String text) {
      super(text, null, false, false);
      this.status = status;
    }
  }

  WebSocketConnector(Vertx vertx, LinkOptions options) {
    this.options = options;
    // a random first server, so that agents with the same list do not all begin with the same one
    index = ThreadLocalRandom.current().nextInt(options.servers().size());
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

  /** The server to connect to. */
  URI server() {
    return options.servers().get(index);
  }

  void useNextServer() {
    index = (index + 1) % options.servers().size();
  }

  private WebSocketConnectOptions target() {
    URI server = server();
    boolean tls = "https".equals(server.getScheme()) || "wss".equals(server.getScheme());
    int defaultPort = tls ? 443 : 80;
    String base = server.getPath() == null ? "" : server.getPath().replaceAll("/+$", "");
    return new WebSocketConnectOptions()
        .setHost(server.getHost())
        .setPort(server.getPort() > 0 ? server.getPort() : defaultPort)
        .setSsl(tls)
        .setURI(base + LinkFrame.PATH)
        .setTimeout(TIMEOUT_MILLIS)
        .setSubProtocols(List.of(LinkFrame.PROTOCOL))
        .putHeader(HttpHeaders.AUTHORIZATION.toString(), "Bearer " + options.token().get())
        .putHeader(LinkFrame.SESSION, options.session());
  }

  /** Connects; fails with {@link Refused} when the server refused. */
  Future<WebSocket> connect() {
    return client
        .connect(target())
        .recover(
            e ->
                e instanceof UpgradeRejectedException refusal
                    ? Future.failedFuture(refused(refusal))
                    : Future.failedFuture(e));
  }

  Future<Void> close() {
    return client.close();
  }

  private RuntimeException refused(UpgradeRejectedException refusal) {
    String text = detail(refusal.getBody());
    return new Refused(
        refusal.getStatus(),
        text != null
            ? text
            : "HTTP " + refusal.getStatus() + ", and not from CTA: a proxy answers at " + server());
  }

  /** The detail of CTA's problem document; null when something else answered. */
  private static String detail(Buffer body) {
    try {
      return body == null ? null : new JsonObject(body).getString("detail");
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
