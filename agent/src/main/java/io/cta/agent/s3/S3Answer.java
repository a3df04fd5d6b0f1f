package io.cta.agent.s3;

import io.cta.s3.S3Error;
import java.net.http.HttpResponse;

/**
 * What a store answered.
 *
 * @param response its body is empty when it went elsewhere
 * @param error null when it did what it was asked for, or had nothing newer (304)
 */
public record S3Answer(HttpResponse<byte[]> response, S3Error error) {
  public boolean isOk() {
    return error == null;
  }

  /** The first value of a header, or null. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }
}
