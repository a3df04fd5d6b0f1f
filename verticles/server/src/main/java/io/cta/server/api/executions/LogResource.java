package io.cta.server.api.executions;

import io.cta.domain.LogChunk;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.http.HeadRequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the output of tasks: a range of it at once, or all of it as it is written. */
public final class LogResource {
  private static final long DEFAULT_LIMIT_BYTES = 1024 * 1024;

  private final Vertx vertx;
  private final LogReader reader;
  private final int maxFollowers;
  private final AtomicInteger followers = new AtomicInteger();

  public LogResource(Vertx vertx, LogReader reader, int maxFollowers) {
    this.vertx = vertx;
    this.reader = reader;
    this.maxFollowers = maxFollowers;
  }

  public void register(OperationRegistry operations) {
    operations.raw("readLog", this::read);
  }

  private void read(ApiRequest call) {
    long offset = call.number("offset", 0);
    reader
        .source(call.path("taskId"), (int) call.number("attempt", 0))
        .compose(
            source ->
                Boolean.TRUE.equals(call.flag("follow"))
                    ? follow(call, source, offset)
                    : range(call, source, offset))
        .onFailure(call.ctx::fail);
  }

  private Future<Void> range(ApiRequest call, LogReader.Source source, long offset) {
    long limit = call.number("limit", DEFAULT_LIMIT_BYTES);
    return reader
        .size(source)
        .compose(
            size ->
                collect(source, new Collected(Buffer.buffer(), offset), limit)
                    .compose(
                        collected -> {
                          HttpServerResponse response = headers(call);
                          response.putHeader("X-CTA-Log-Size", String.valueOf(size));
                          response.putHeader("X-CTA-Log-Next", String.valueOf(collected.next()));
                          boolean complete = source.over() && collected.next() >= size;
                          response.putHeader("X-CTA-Log-Complete", String.valueOf(complete));
                          return response.end(collected.bytes());
                        }));
  }

  private record Collected(Buffer bytes, long next) {}

  private Future<Collected> collect(LogReader.Source source, Collected so, long limit) {
    return reader
        .from(source, so.next())
        .compose(
            part -> {
              long next = so.next();
              for (LogChunk chunk : part.chunks()) {
                long left = limit - so.bytes().length();
                if (left <= 0) {
                  break;
                }
                Buffer bytes = LogRange.bytes(chunk, next, left);
                so.bytes().appendBuffer(bytes);
                next = LogRange.next(chunk, next, bytes.length());
              }
              Collected now = new Collected(so.bytes(), next);
              boolean enough = so.bytes().length() >= limit || part.chunks().isEmpty();
              return enough || part.last()
                  ? Future.succeededFuture(now)
                  : collect(source, now, limit);
            });
  }

  private Future<Void> follow(ApiRequest call, LogReader.Source source, long offset) {
    if (HeadRequestHandler.is(call.ctx.request())) {
      return headers(call).end();
    }
    if (followers.incrementAndGet() > maxFollowers) {
      followers.decrementAndGet();
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.TOO_MANY, "too many logs are followed at once"));
    }
    // a compressor would hold lines back until it has enough of them
    HttpServerResponse response = headers(call).putHeader("Content-Encoding", "identity");
    // and so would a proxy
    response.putHeader("X-Accel-Buffering", "no");
    response.setChunked(true);
    return new LogStreamer(vertx, reader, response, source, offset)
        .run()
        .onComplete(done -> followers.decrementAndGet());
  }

  private static HttpServerResponse headers(ApiRequest call) {
    return call.ctx
        .response()
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Cache-Control", "no-store");
  }
}
