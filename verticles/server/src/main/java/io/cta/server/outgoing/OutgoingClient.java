package io.cta.server.outgoing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Sends requests. For each it resolves the host, checks all its addresses and connects to one of
 * those, with the name in Host and SNI, and verifies the certificate for the name. It follows no
 * redirects and keeps no connections. Safe from any event loop.
 */
public final class OutgoingClient {
  /** After which an answer is cut off, unless a caller says another size; in bytes. */
  public static final int MAX_ANSWER = AnswerReader.MAX_BYTES;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_TRIED = 3;
  private static final int MAX_PER_ADDRESS = 64;

  private final Vertx vertx;
  private final HostResolver resolver;
  private final AddressGuard guard;
  private final HttpClient client;

  public OutgoingClient(Vertx vertx, HostResolver resolver, AddressGuard guard) {
    this(vertx, resolver, guard, new HttpClientOptions());
  }

  /**
   * @param options which certificates are trusted
   */
  OutgoingClient(
      Vertx vertx, HostResolver resolver, AddressGuard guard, HttpClientOptions options) {
    this.vertx = vertx;
    this.resolver = resolver;
    this.guard = guard;
    client =
        vertx.createHttpClient(
            options.setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(MAX_PER_ADDRESS));
  }

  /**
   * Posts a body. The future fails with an {@link OutgoingFailure} when no answer comes.
   *
   * @param timeout for everything, from the resolving to the end of the answer
   */
  public Future<OutgoingAnswer> post(
      OutgoingUrl url, Map<String, String> headers, Buffer body, Duration timeout) {
    return exchange(HttpMethod.POST, url, headers, body, timeout);
  }

  /**
   * As {@link #post}, with any method.
   *
   * @param body may be empty
   */
  public Future<OutgoingAnswer> exchange(
      HttpMethod method,
      OutgoingUrl url,
      Map<String, String> headers,
      Buffer body,
      Duration timeout) {
    return exchange(method, url, headers, body, timeout, MAX_ANSWER);
  }

  /**
   * As above, for answers of another size.
   *
   * @param maxBytes after which the answer is cut off
   */
  public Future<OutgoingAnswer> exchange(
      HttpMethod method,
      OutgoingUrl url,
      Map<String, String> headers,
      Buffer body,
      Duration timeout,
      int maxBytes) {
    boolean none = body.length() == 0 && method == HttpMethod.GET;
    return exchange(
        method,
        url,
        headers,
        request -> none ? request.send() : request.send(body),
        timeout,
        maxBytes);
  }

  /**
   * As above, for a body that is not in memory.
   *
   * @param sender sends it, and completes with the head of the answer, which may be paused
   */
  public Future<OutgoingAnswer> exchange(
      HttpMethod method,
      OutgoingUrl url,
      Map<String, String> headers,
      Function<HttpClientRequest, Future<HttpClientResponse>> sender,
      Duration timeout,
      int maxBytes) {
    Promise<OutgoingAnswer> answer = Promise.promise();
    OpenRequest open = new OpenRequest();
    long timer =
        vertx.setTimer(
            timeout.toMillis(),
            late -> {
              answer.tryFail(
                  new OutgoingFailure("no whole answer within " + timeout.toSeconds() + " s"));
              open.abandon();
            });
    addresses(url)
        .compose(
            addresses ->
                send(url, addresses, 0, new Outgoing(method, headers, sender, maxBytes), open))
        .onComplete(answer::tryComplete, e -> answer.tryFail(worded(e, url)));
    return answer.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private record Outgoing(
      HttpMethod method,
      Map<String, String> headers,
      Function<HttpClientRequest, Future<HttpClientResponse>> sender,
      int maxBytes) {}

  /** The request that is under way, so that it can be given up. Event loop only. */
  private static final class OpenRequest {
    private HttpClientRequest request;
    private boolean abandoned;

    boolean opened(HttpClientRequest opened) {
      request = opened;
      if (abandoned) {
        opened.reset();
      }
      return !abandoned;
    }

    void abandon() {
      abandoned = true;
      if (request != null) {
        request.reset();
      }
    }
  }

  private Future<List<InetAddress>> addresses(OutgoingUrl url) {
    return url.literal()
        .map(literal -> Future.succeededFuture(List.of(literal)))
        .orElseGet(() -> resolver.resolve(url.host()))
        .map(
            found -> {
              for (InetAddress address : found) {
                if (!guard.mayCall(url.host(), address)) {
                  throw new OutgoingFailure(
                      url.host()
                          + " is at the private address "
                          + address.getHostAddress()
                          + ", which outgoing.allow does not list");
                }
              }
              return found;
            });
  }

  private Future<OutgoingAnswer> send(
      OutgoingUrl url,
      List<InetAddress> addresses,
      int index,
      Outgoing outgoing,
      OpenRequest open) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(outgoing.method())
            .setServer(SocketAddress.inetSocketAddress(url.port(), literal(addresses.get(index))))
            .setHost(url.host())
            .setPort(url.port())
            .setSsl(url.tls())
            .setFollowRedirects(false)
            .setURI(url.target());
    Future<HttpClientRequest> opened = client.request(options);
    boolean last = index + 1 >= Math.min(addresses.size(), MAX_TRIED);
    return opened.transform(
        tried ->
            tried.succeeded()
                ? exchange(tried.result(), outgoing, open)
                : last || !(tried.cause() instanceof ConnectException)
                    ? Future.failedFuture(tried.cause())
                    : send(url, addresses, index + 1, outgoing, open));
  }

  private static Future<OutgoingAnswer> exchange(
      HttpClientRequest request, Outgoing outgoing, OpenRequest open) {
    if (!open.opened(request)) {
      return Future.failedFuture(new OutgoingFailure("given up"));
    }
    outgoing.headers().forEach(request::putHeader);
    return outgoing
        .sender()
        .apply(request)
        .compose(response -> AnswerReader.read(request, response, outgoing.maxBytes()));
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress();
  }

  private static OutgoingFailure worded(Throwable cause, OutgoingUrl url) {
    if (cause instanceof OutgoingFailure known) {
      return known;
    }
    if (cause instanceof UnknownHostException) {
      return new OutgoingFailure("there is no host " + url.host());
    }
    if (cause instanceof ConnectException || cause instanceof TimeoutException) {
      return new OutgoingFailure("cannot connect to " + url.authority());
    }
    return new OutgoingFailure(
        "no answer from " + url.authority() + ": " + String.valueOf(cause.getMessage()));
  }
}
