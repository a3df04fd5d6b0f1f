package io.cta.agent.s3;

import io.cta.agent.http.WatchedExchange;
import io.cta.domain.Repository;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import io.cta.s3.S3Error;
import io.cta.s3.S3ListPage;
import io.cta.s3.S3Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends requests to one bucket. A wrong region and a clock that is off are put right once, and the
 * request sent again; every other refusal is an answer. Follows no redirect, so that nothing goes
 * to another host. Blocks; one thread at a time.
 */
public final class S3Client {
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int REFUSED = 300;

  /** Where the body of an answer goes that says yes. */
  @FunctionalInterface
  public interface AnswerBody {
    HttpResponse.BodySubscriber<byte[]> of(HttpResponse.ResponseInfo answer);
  }

  private final String bucket;
  private final S3Session session;
  private final WatchedExchange exchange;
  private final Consumer<String> say;

  private S3Client(
      String bucket, S3Session session, WatchedExchange exchange, Consumer<String> say) {
    this.bucket = bucket;
    this.session = session;
    this.exchange = exchange;
    this.say = say;
  }

  /**
   * A client for the bucket of an input or output.
   *
   * @param credentials those that it names
   * @param say takes lines for the output of the task
   */
  public static S3Client of(
      Repository repository,
      S3Address address,
      S3Credentials credentials,
      S3Defaults defaults,
      WatchedExchange exchange,
      Consumer<String> say) {
    S3Endpoint endpoint =
        S3Endpoint.of(repository.endpoint(), address.bucket(), repository.pathStyle());
    String region = repository.region() == null ? defaults.region() : repository.region();
    return new S3Client(
        address.bucket(),
        new S3Session(endpoint, credentials, region, defaults.clock()),
        exchange,
        say);
  }

  /**
   * Sends a request whose answer is small.
   *
   * @param max bytes of the answer that are kept
   */
  public S3Answer send(S3Call call, int max) throws IOException, InterruptedException {
    return send(call, max, new AtomicLong());
  }

  /** As {@link #send(S3Call, int)}, for a request whose body counts its bytes. */
  public S3Answer send(S3Call call, int max, AtomicLong moved)
      throws IOException, InterruptedException {
    return send(call, answer -> BoundedBody.of(max, moved), moved);
  }

  /**
   * Sends a request.
   *
   * @param moved counts the bytes of both bodies
   */
  public S3Answer send(S3Call call, AnswerBody body, AtomicLong moved)
      throws IOException, InterruptedException {
    while (true) {
      HttpResponse<byte[]> response =
          exchange.send(
              request(call),
              answer ->
                  answer.statusCode() >= REFUSED
                      ? BoundedBody.of(S3Error.MAX_BYTES, moved)
                      : body.of(answer),
              moved);
      if (response.statusCode() < REFUSED || response.statusCode() == NOT_MODIFIED) {
        return new S3Answer(response, null);
      }
      S3Error error = S3Error.parse(response.statusCode(), response.body());
      Duration before = session.offset();
      if (!session.corrects(error, name -> response.headers().firstValue(name).orElse(null))) {
        return new S3Answer(response, error);
      }
      if (!session.offset().equals(before)) {
        sayClock(session.offset());
      }
    }
  }

  /**
   * Asks for a page of what is below a prefix.
   *
   * @param token of the page, or null for the first
   * @throws S3Refused when the store refuses
   */
  public S3ListPage list(String prefix, String token) throws IOException, InterruptedException {
    S3Answer answer =
        send(S3Call.get("", S3ListPage.query(prefix, token), Map.of()), S3ListPage.MAX_BYTES);
    if (answer.response().statusCode() != OK) {
      throw new S3Refused("s3://" + bucket + "/" + prefix, answer);
    }
    return S3ListPage.parse(answer.response().body());
  }

  private HttpRequest request(S3Call call) {
    URI uri = session.uri(call.key(), call.query());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .version(HttpClient.Version.HTTP_1_1)
            .method(call.method(), call.body().publisher().get());
    Map<String, String> signed = new HashMap<>();
    call.headers()
        .forEach(
            (name, value) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
                signed.put(name, value);
              } else {
                request.setHeader(name, value);
              }
            });
    session.sign(call.method(), uri, signed, call.body().sha256()).forEach(request::setHeader);
    return request.build();
  }

  private void sayClock(Duration offset) {
    say.accept(
        "cta: the clock of this machine is "
            + Math.max(1, offset.abs().toMinutes())
            + (offset.isNegative() ? " min ahead of" : " min behind")
            + " that of the store of "
            + bucket);
  }
}
