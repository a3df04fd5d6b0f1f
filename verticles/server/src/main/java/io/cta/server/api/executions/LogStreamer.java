package io.cta.server.api.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.EventSubscription;
import io.cta.bus.LogStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.LogChunk;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Sends an attempt's output to one reader until the attempt is over or the reader leaves. It reads
 * only the store: announcements say when to read, and a timer reads in case one is lost. It reads
 * no faster than the reader takes the output, and buffers nothing. Event loop of its connection
 * only.
 */
final class LogStreamer {
  private static final long READ_AGAIN_MILLIS = 2_000;

  private final Vertx vertx;
  private final LogReader reader;
  private final HttpServerResponse response;
  private final Promise<Void> ended = Promise.promise();
  private LogReader.Source source;
  private long position;
  private boolean busy;
  private boolean readAgain;
  private boolean closed;

  LogStreamer(
      Vertx vertx,
      LogReader reader,
      HttpServerResponse response,
      LogReader.Source source,
      long offset) {
    this.vertx = vertx;
    this.reader = reader;
    this.response = response;
    this.source = source;
    this.position = offset;
  }

  /** Completes when the last byte is sent or the reader is gone. */
  Future<Void> run() {
    EventSubscription logs =
        BusAdapter.<LogStored>hear(
            vertx,
            BusAddresses.LOG_STORED,
            stored -> readOn(stored.chunk().taskId(), stored.chunk().attempt()));
    EventSubscription tasks =
        BusAdapter.<TaskChanged>hear(
            vertx,
            BusAddresses.TASK_CHANGED,
            changed -> readOn(changed.task().id(), source.attempt()));
    long timer =
        vertx.setPeriodic(READ_AGAIN_MILLIS, t -> readOn(source.taskId(), source.attempt()));
    response.closeHandler(gone -> close());
    response.exceptionHandler(broken -> close());
    response.drainHandler(drained -> readOn(source.taskId(), source.attempt()));
    readOn(source.taskId(), source.attempt());
    return ended
        .future()
        .eventually(
            () -> {
              vertx.cancelTimer(timer);
              return Future.join(logs.unregister(), tasks.unregister());
            });
  }

  private void readOn(String taskId, int attempt) {
    if (closed || !taskId.equals(source.taskId()) || attempt != source.attempt()) {
      return;
    }
    if (busy || response.writeQueueFull()) {
      readAgain = true;
      return;
    }
    busy = true;
    readAgain = false;
    reader
        .from(source, position)
        .compose(this::send)
        .onComplete(
            done -> {
              busy = false;
              if (done.failed()) {
                fail(done.cause());
              } else if (done.result() || readAgain) {
                readOn(source.taskId(), source.attempt());
              }
            });
  }

  /** True when there may be more to send at once. */
  private Future<Boolean> send(LogReader.Part part) {
    if (!part.chunks().isEmpty()) {
      write(part.chunks());
      return Future.succeededFuture(true);
    }
    if (source.over()) {
      close();
      return response.ended() ? Future.succeededFuture(false) : response.end().map(false);
    }
    return reader
        .source(source.taskId(), source.attempt())
        .map(
            now -> {
              // read once more what was stored just before the end
              source = now;
              return now.over();
            });
  }

  private void write(List<LogChunk> chunks) {
    for (LogChunk chunk : chunks) {
      Buffer bytes = LogRange.bytes(chunk, position, Integer.MAX_VALUE);
      position = LogRange.next(chunk, position, bytes.length());
      response.write(bytes);
    }
  }

  private void fail(Throwable cause) {
    closed = true;
    ended.tryFail(cause);
  }

  private void close() {
    closed = true;
    ended.tryComplete();
  }
}
