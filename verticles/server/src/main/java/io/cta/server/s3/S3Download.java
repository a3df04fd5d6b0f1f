package io.cta.server.s3;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;

/**
 * An object that is being read.
 *
 * @param head of the answer
 * @param bytes paused until they are read; fails when the object is cut off
 * @param request is ended by {@link #close}
 */
public record S3Download(S3Response head, ReadStream<Buffer> bytes, HttpClientRequest request) {
  /** Ends the exchange, whether all was read or not. */
  public Future<Void> close() {
    return request.reset().<Void>mapEmpty().otherwiseEmpty();
  }
}
