package io.cta.server.outgoing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.util.function.Function;

/** Bodies of requests that are parts of files, read as fast as the receiver takes them. */
public final class FileBody {
  private static final int READ_BYTES = 64 * 1024;

  private FileBody() {}

  /**
   * A sender that can be used again. It completes with the head of the answer, which is paused.
   *
   * @param offset of the first byte
   * @param length in bytes, more than 0
   */
  public static Function<HttpClientRequest, Future<HttpClientResponse>> of(
      Vertx vertx, Path file, long offset, long length) {
    OpenOptions reading = new OpenOptions().setRead(true).setWrite(false).setCreate(false);
    return request ->
        vertx
            .fileSystem()
            .open(file.toString(), reading)
            .compose(
                open -> sent(request, part(open, offset, length), length).eventually(open::close));
  }

  private static AsyncFile part(AsyncFile file, long offset, long length) {
    return file.setReadBufferSize(READ_BYTES).setReadPos(offset).setReadLength(length);
  }

  private static Future<HttpClientResponse> sent(
      HttpClientRequest request, AsyncFile part, long length) {
    return request
        .putHeader("Content-Length", String.valueOf(length))
        .send(part)
        .map(HttpClientResponse::pause); // until the file is closed
  }
}
