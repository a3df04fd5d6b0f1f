package io.cta.server.api.executions;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.export.ExecutionExporter;
import io.cta.server.export.ExportFormat;
import io.cta.server.export.ExportSource;
import io.cta.server.http.HeadRequestHandler;
import io.cta.server.http.PublicAddress;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends an execution in the format of another program, as fast as the reader takes it. */
public final class ExportResource {
  /** Each holds the statuses of one task in memory. */
  private static final int MAX_AT_ONCE = 4;

  private final ExecutionExporter exporter;
  private final PublicAddress address;
  private final AtomicInteger running = new AtomicInteger();

  public ExportResource(Vertx vertx, StoreRepositories stores, PublicAddress address) {
    this.exporter = new ExecutionExporter(vertx, stores);
    this.address = address;
  }

  public void register(OperationRegistry operations) {
    operations.raw("exportExecution", this::export);
  }

  private void export(ApiRequest call) {
    ExportFormat format =
        ExportFormat.of(call.text("format") == null ? "junit" : call.text("format"));
    if (running.incrementAndGet() > MAX_AT_ONCE) {
      running.decrementAndGet();
      call.ctx.fail(new ServiceFailure(ErrorCode.TOO_MANY, "too many exports run at once"));
      return;
    }
    exporter
        .read(call.path("id"))
        .compose(source -> send(call, format, source))
        .onComplete(done -> running.decrementAndGet())
        .onFailure(e -> failed(call, e));
  }

  /** An answer that has begun can only be cut off, so that nobody takes it for whole. */
  private static void failed(ApiRequest call, Throwable e) {
    if (call.ctx.response().headWritten()) {
      call.ctx.request().connection().close();
    } else {
      call.ctx.fail(e);
    }
  }

  private Future<Void> send(ApiRequest call, ExportFormat format, ExportSource source) {
    String id = source.asked().id();
    HttpServerResponse response =
        call.ctx
            .response()
            .putHeader("Content-Type", format.contentType)
            .putHeader("Cache-Control", "no-store")
            .putHeader(
                "Content-Disposition", "attachment; filename=\"" + format.fileName(id) + "\"");
    if (HeadRequestHandler.is(call.ctx.request())) {
      return response.end();
    }
    response.setChunked(true);
    return exporter
        .write(source, format, address.link("/#/executions/" + id), text -> write(response, text))
        .compose(v -> response.end());
  }

  /** Completes when the reader has room for more. */
  private static Future<Void> write(HttpServerResponse response, String text) {
    if (response.closed()) {
      return Future.failedFuture("the reader is gone");
    }
    response.write(text);
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(v -> drained.tryComplete());
    response.closeHandler(v -> drained.tryFail("the reader is gone"));
    response.exceptionHandler(drained::tryFail);
    return drained.future();
  }
}
