package io.cta.agent.s3;

import io.cta.s3.S3Address;
import java.util.Map;

/**
 * A request to a bucket.
 *
 * @param key of the object; empty for the bucket itself
 */
public record S3Call(
    String method,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    S3Body body) {
  public S3Call {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** Asks for an object. */
  public static S3Call get(String key, Map<String, String> query, Map<String, String> headers) {
    return new S3Call("GET", key, query, headers, S3Body.NONE);
  }

  /** What it is about, for people. */
  String text(String bucket) {
    return new S3Address(bucket, key).toString();
  }
}
