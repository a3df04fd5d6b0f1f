package io.cta.server.api.hooks;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Receives the body of a call, as far as it may be long. */
final class HookBodyReader {
  /** What GitHub and GitLab send at most. */
  static final int MAX_BYTES = 25 << 20;

  private HookBodyReader() {}

  /** Fails with TOO_LARGE as soon as there is too much; the request must be paused. */
  static Future<Buffer> read(HttpServerRequest request) {
    Promise<Buffer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BYTES) {
            done.tryFail(
                new ServiceFailure(
                    ErrorCode.TOO_LARGE, "the body must have at most " + MAX_BYTES + " bytes"));
          } else if (!done.future().isComplete()) {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(done::tryFail);
    request.endHandler(end -> done.tryComplete(body));
    request.resume();
    return done.future();
  }
}
