package io.cta.agent.result;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit. */
final class RequestBodyReader {
  private RequestBodyReader() {}

  static Future<Buffer> read(HttpServerRequest request, int max) {
    Promise<Buffer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > max) {
            done.tryFail(
                new ServiceFailure(
                    ErrorCode.TOO_LARGE, "the body is larger than " + max + " bytes"));
          } else {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(done::tryFail);
    request.endHandler(ended -> done.tryComplete(body));
    return done.future();
  }
}
