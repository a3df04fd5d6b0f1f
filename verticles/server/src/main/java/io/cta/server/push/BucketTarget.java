package io.cta.server.push;

import io.cta.s3.S3Address;
import io.cta.s3.S3Error;
import io.cta.s3.S3Metadata;
import io.cta.s3.S3Session;
import io.cta.server.outgoing.FileBody;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.server.s3.S3Content;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Puts files below a prefix of a bucket. A file counts as there only when the store shows its size
 * and the digest that was sent along. Source: PutObject and HeadObject, Amazon S3 API Reference.
 */
final class BucketTarget implements PushTarget {
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  private final Vertx vertx;
  private final OutgoingClient client;
  private final S3Session session;
  private final String folder;
  private final Clock clock;

  /**
   * @param session of this target alone
   */
  BucketTarget(
      Vertx vertx, OutgoingClient client, S3Session session, PushPlace place, Clock clock) {
    this.vertx = vertx;
    this.client = client;
    this.session = session;
    this.folder = S3Address.parse(place.root()).orElseThrow().key() + place.folder();
    this.clock = clock;
  }

  private record Call(
      String method, String key, Map<String, String> headers, S3Content content, Duration limit) {}

  @Override
  public Future<Void> put(ResultFile file) {
    String key = folder + file.name();
    if (!S3Address.isKey(key)) {
      return Future.failedFuture(PushFailure.forGood("its key would have more than 1024 bytes"));
    }
    return isThere(key, file)
        .compose(
            there ->
                there
                    ? Future.succeededFuture()
                    : send(key, file)
                        .compose(v -> isThere(key, file))
                        .compose(BucketTarget::require));
  }

  private static Future<Void> require(boolean there) {
    return there
        ? Future.succeededFuture()
        : Future.failedFuture(
            new PushFailure(
                "the store does not show what it has taken", null, false, Duration.ZERO));
  }

  private Future<Void> send(String key, ResultFile file) {
    S3Content content =
        new S3Content(file.sha256(), FileBody.of(vertx, file.path(), 0, file.bytes()));
    Map<String, String> headers =
        Map.of(S3Metadata.SHA256, file.sha256(), "Content-Type", file.contentType());
    return send(new Call("PUT", key, headers, content, PushCall.limit(file.bytes())))
        .compose(
            answer ->
                answer.success() ? Future.succeededFuture() : Future.failedFuture(failure(answer)));
  }

  private Future<Boolean> isThere(String key, ResultFile file) {
    return send(new Call("HEAD", key, Map.of(), S3Content.NONE, PushCall.SHORT))
        .compose(
            answer -> {
              if (answer.success()) {
                return Future.succeededFuture(
                    file.sha256().equals(answer.header(S3Metadata.SHA256))
                        && String.valueOf(file.bytes()).equals(answer.header("Content-Length")));
              }
              // who may not list a bucket is not told what is not there
              return answer.status() == NOT_FOUND || answer.status() == FORBIDDEN
                  ? Future.succeededFuture(false)
                  : Future.failedFuture(failure(answer));
            });
  }

  /** Sends a request, once more when the answer says how it has to be signed. */
  private Future<OutgoingAnswer> send(Call call) {
    URI uri = session.uri(call.key(), Map.of());
    Map<String, String> headers =
        session.sign(call.method(), uri, call.headers(), call.content().sha256());
    return client
        .exchange(
            HttpMethod.valueOf(call.method()),
            OutgoingUrl.parse("endpoint", uri.toString()),
            headers,
            call.content().sender(),
            call.limit(),
            S3Error.MAX_BYTES)
        .compose(
            answer ->
                !answer.success() && session.corrects(error(answer), answer::header)
                    ? send(call)
                    : Future.succeededFuture(answer));
  }

  private PushFailure failure(OutgoingAnswer answer) {
    S3Error error = error(answer);
    return PushCall.refusal(
        "the store", error.text(), answer, error.isTemporary(), clock.instant());
  }

  private static S3Error error(OutgoingAnswer answer) {
    return S3Error.parse(answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
