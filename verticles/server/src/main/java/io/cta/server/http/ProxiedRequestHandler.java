package io.cta.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a request look as if no proxy were in between: sets the client's address and removes the
 * public address's path prefix where the proxy has kept it. Removes forwarding headers that did not
 * come from a trusted proxy, so later handlers may trust the rest. Event loop of the HTTP server
 * only.
 */
public final class ProxiedRequestHandler implements Handler<HttpServerRequest> {
  static final String FOR = "X-Forwarded-For";
  private static final List<String> HEADERS =
      List.of("Forwarded", FOR, "X-Forwarded-Host", "X-Forwarded-Proto");
  private static final Logger log = LoggerFactory.getLogger(ProxiedRequestHandler.class);

  private final TrustedProxies proxies;
  private final String prefix;
  private final Handler<HttpServerRequest> next;
  private boolean warned;

  public ProxiedRequestHandler(
      TrustedProxies proxies, PublicAddress address, Handler<HttpServerRequest> next) {
    this.proxies = proxies;
    this.prefix = address.path();
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    if (!prefix.isEmpty() && prefix.equals(path)) {
      // the page's relative links need the trailing slash
      request.response().setStatusCode(308).putHeader("Location", prefix + "/").end();
      return;
    }
    boolean kept = !prefix.isEmpty() && path != null && path.startsWith(prefix + "/");
    SocketAddress client = client(request);
    boolean same = !kept && client == request.remoteAddress();
    next.handle(same ? request : new ProxiedRequest(request, client, kept ? prefix.length() : 0));
  }

  private SocketAddress client(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    if (!proxies.trusts(address)) {
      warnOnce(request, address);
      HEADERS.forEach(request.headers()::remove);
      return peer;
    }
    String client = proxies.client(address, request.headers().getAll(FOR));
    return client.equals(address) ? peer : SocketAddress.inetSocketAddress(0, client);
  }

  private void warnOnce(HttpServerRequest request, String address) {
    if (!warned && request.headers().contains(FOR)) {
      warned = true;
      log.warn(
          "X-Forwarded-For is not believed; name the peer in http.trustedProxies if it is your"
              + " proxy [peer: {}]",
          address);
    }
  }

  private static final class ProxiedRequest extends HttpServerRequestWrapper {
    private final SocketAddress client;
    private final int cut;

    /**
     * @param cut length of the path prefix that the routes do not know
     */
    ProxiedRequest(HttpServerRequest request, SocketAddress client, int cut) {
      super((HttpServerRequestInternal) request);
      this.client = client;
      this.cut = cut;
    }

    @Override
    public SocketAddress remoteAddress() {
      return client;
    }

    @Override
    public String path() {
      return super.path().substring(cut);
    }

    @Override
    public String uri() {
      // a URI that is no plain path stays as it is; later handlers refuse it
      return cut == 0 || !super.uri().startsWith("/") ? super.uri() : super.uri().substring(cut);
    }
  }
}
