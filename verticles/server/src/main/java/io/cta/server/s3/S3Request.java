package io.cta.server.s3;

import io.cta.s3.S3Error;
import java.time.Duration;
import java.util.Map;

/**
 * A request to a bucket.
 *
 * @param key of the object; empty for the bucket itself
 * @param headers that are signed
 * @param limit for all of it, from the wait for a connection to the end of the answer
 * @param maxAnswer most bytes of the answer
 */
public record S3Request(
    String method,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    S3Content content,
    Duration limit,
    int maxAnswer) {
  /** For requests that move few bytes; shorter than what an agent waits for. */
  public static final Duration SHORT = Duration.ofSeconds(8);

  public S3Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** A request without a body. */
  public static S3Request of(String method, String key) {
    return new S3Request(method, key, Map.of(), Map.of(), S3Content.NONE, SHORT, S3Error.MAX_BYTES);
  }

  public S3Request query(Map<String, String> other) {
    return new S3Request(method, key, other, headers, content, limit, maxAnswer);
  }

  public S3Request headers(Map<String, String> other) {
    return new S3Request(method, key, query, other, content, limit, maxAnswer);
  }

  public S3Request content(S3Content other) {
    return new S3Request(method, key, query, headers, other, limit, maxAnswer);
  }

  public S3Request limit(Duration other) {
    return new S3Request(method, key, query, headers, content, other, maxAnswer);
  }

  public S3Request maxAnswer(int bytes) {
    return new S3Request(method, key, query, headers, content, limit, bytes);
  }
}
