package io.cta.server.s3;

import io.cta.s3.S3Error;
import io.cta.s3.S3Session;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
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
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends requests to one bucket. A wrong region and a clock that is off are put right once, and the
 * request sent again; everything else fails with {@link S3Failure}. Follows no redirect, so that
 * nothing goes to another host. Any event loop.
 */
public final class S3Connection {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REFUSED = 300;

  /** Silence after which a connection is closed, also one whose reader takes nothing. */
  private static final int IDLE_SECONDS = 120;

  /** Requests of each kind that wait for a connection; more are refused. */
  private static final int MAX_WAITING = 512;

  /** Each kind has connections of its own, so that none waits for the slow ones of another. */
  private static final int SHORT_CONNECTIONS = 16;

  private static final int UPLOADS = 8;
  private static final int DOWNLOADS = 64;

  private final Vertx vertx;
  private final S3Session session;
  private final HttpClient shorts;
  private final HttpClient uploads;
  private final HttpClient downloads;

  public S3Connection(Vertx vertx, S3Session session) {
    this.vertx = vertx;
    this.session = session;
    shorts = client(SHORT_CONNECTIONS, true);
    uploads = client(UPLOADS, true);
    // a download that is given up closes its connection, which must not be another's by then
    downloads = client(DOWNLOADS, false);
  }

  private HttpClient client(int connections, boolean reused) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAlive(reused)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS),
        new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MAX_WAITING));
  }

  /** Sends a request that moves few bytes. */
  public Future<S3Response> send(S3Request request) {
    return exchange(shorts, request, (sent, head) -> whole(sent, head, request));
  }

  /** Sends a request with a large body. */
  public Future<S3Response> upload(S3Request request) {
    return exchange(uploads, request, (sent, head) -> whole(sent, head, request));
  }

  /** Asks for an object, and completes with its head; its bytes come as a paused stream. */
  public Future<S3Download> download(S3Request request) {
    return exchange(
        downloads,
        request,
        (sent, head) ->
            Future.succeededFuture(
                new S3Download(new S3Response(head.headers(), new byte[0]), head.pause(), sent)));
  }

  @FunctionalInterface
  private interface AnswerReader<T> {
    Future<T> read(HttpClientRequest sent, HttpClientResponse head);
  }

  private <T> Future<T> exchange(HttpClient client, S3Request asked, AnswerReader<T> reader) {
    return attempt(client, asked, reader)
        .recover(
            e ->
                e instanceof S3Failure known && known.isCorrected()
                    ? exchange(client, asked, reader)
                    : Future.failedFuture(e));
  }

  private <T> Future<T> attempt(HttpClient client, S3Request asked, AnswerReader<T> reader) {
    SignedRequest signed = signed(asked);
    Promise<T> done = Promise.promise();
    OpenExchange open = new OpenExchange();
    long timer =
        vertx.setTimer(
            asked.limit().toMillis(),
            late -> {
              done.tryFail(new S3Failure("no answer within " + asked.limit().toSeconds() + " s"));
              open.abandon();
            });
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.valueOf(asked.method()))
                .setAbsoluteURI(signed.uri().toString())
                .setFollowRedirects(false))
        .compose(
            request -> {
              open.opened(request);
              signed.headers().forEach(request::putHeader);
              return asked
                  .content()
                  .sender()
                  .apply(request)
                  .compose(head -> answered(request, head, reader));
            })
        .onComplete(done::tryComplete, e -> done.tryFail(worded(e, signed.uri())));
    return done.future().onComplete(ended -> vertx.cancelTimer(timer));
  }

  private <T> Future<T> answered(
      HttpClientRequest request, HttpClientResponse head, AnswerReader<T> reader) {
    return head.statusCode() < REFUSED
        ? reader.read(request, head)
        : bytes(request, head, S3Error.MAX_BYTES).compose(body -> refused(head, body));
  }

  private static Future<S3Response> whole(
      HttpClientRequest sent, HttpClientResponse head, S3Request asked) {
    return bytes(sent, head, asked.maxAnswer()).map(body -> new S3Response(head.headers(), body));
  }

  private static Future<byte[]> bytes(HttpClientRequest request, HttpClientResponse head, int max) {
    Promise<byte[]> done = Promise.promise();
    Buffer body = Buffer.buffer();
    head.exceptionHandler(done::tryFail);
    head.handler(
        chunk -> {
          body.appendBuffer(chunk);
          if (body.length() > max
              && done.tryFail(new S3Failure("the answer has more than " + max + " bytes"))) {
            request.reset();
          }
        });
    head.endHandler(end -> done.tryComplete(body.getBytes()));
    head.resume();
    return done.future();
  }

  private <T> Future<T> refused(HttpClientResponse head, byte[] body) {
    S3Error error = S3Error.parse(head.statusCode(), body);
    MultiMap headers = head.headers();
    return Future.failedFuture(
        new S3Failure(
            "the store answered " + error.text(),
            head.statusCode(),
            corrects(error, headers::get)));
  }

  private record SignedRequest(URI uri, Map<String, String> headers) {}

  /** Held as long as a signature takes: the session learns, and is one for all event loops. */
  private synchronized SignedRequest signed(S3Request asked) {
    URI uri = session.uri(asked.key(), asked.query());
    return new SignedRequest(
        uri, session.sign(asked.method(), uri, asked.headers(), asked.content().sha256()));
  }

  private synchronized boolean corrects(S3Error error, Function<String, String> header) {
    return session.corrects(error, header);
  }

  private static S3Failure worded(Throwable cause, URI uri) {
    return cause instanceof S3Failure known
        ? known
        : new S3Failure(
            "no answer from "
                + uri.getAuthority()
                + ": "
                + (cause.getMessage() == null ? cause.toString() : cause.getMessage()));
  }

  /** The request that is under way, so that it can be given up. */
  private static final class OpenExchange {
    private HttpClientRequest request;
    private boolean abandoned;

    synchronized void opened(HttpClientRequest opened) {
      request = opened;
      if (abandoned) {
        opened.reset();
      }
    }

    synchronized void abandon() {
      abandoned = true;
      if (request != null) {
        request.reset();
      }
    }
  }
}
