package io.cta.server.s3;

import io.cta.s3.S3Signer;
import io.cta.s3.Sha256;
import io.cta.server.outgoing.FileBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The body of a request, which can be sent again.
 *
 * @param sha256 of it, in hex
 * @param sender sends it, and completes with the head of the answer, which may be paused
 */
public record S3Content(
    String sha256, Function<HttpClientRequest, Future<HttpClientResponse>> sender) {
  public static final S3Content NONE = new S3Content(S3Signer.EMPTY_SHA256, S3Content::nothing);

  /** A small one. */
  public static S3Content of(byte[] bytes) {
    return new S3Content(Sha256.of(bytes), request -> request.send(Buffer.buffer(bytes)));
  }

  /**
   * A part of a file, which is read as fast as the store takes it.
   *
   * @param offset of its first byte
   * @param length in bytes, more than 0
   */
  public static S3Content of(Vertx vertx, Path file, long offset, long length, String sha256) {
    return new S3Content(sha256, FileBody.of(vertx, file, offset, length));
  }

  /** Without a length, stores wait for a body that never comes. */
  private static Future<HttpClientResponse> nothing(HttpClientRequest request) {
    String method = request.getMethod().name();
    if (method.equals("PUT") || method.equals("POST")) {
      request.putHeader("Content-Length", "0");
    }
    return request.send();
  }
}
