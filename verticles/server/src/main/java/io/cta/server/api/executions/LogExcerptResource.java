package io.cta.server.api.executions;

import io.cta.domain.LogChunk;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.view.executions.LogExcerptView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Serves some lines of a task's output: the last ones, or those around the first trouble. */
public final class LogExcerptResource {
  private static final int DEFAULT_LINES = 20;

  private final Vertx vertx;
  private final LogReader reader;

  public LogExcerptResource(Vertx vertx, LogReader reader) {
    this.vertx = vertx;
    this.reader = reader;
  }

  public void register(OperationRegistry operations) {
    operations.on("excerptLog", this::excerpt);
  }

  private Future<ApiResponse> excerpt(ApiRequest call) {
    int lines = (int) call.number("lines", DEFAULT_LINES);
    boolean trouble = "trouble".equals(call.text("around"));
    return reader
        .source(call.path("taskId"), (int) call.number("attempt", 0))
        .compose(source -> reader.end(source, call.text("testId")))
        .compose(chunks -> vertx.executeBlocking(() -> text(chunks)))
        .map(text -> trouble ? LogExcerpt.aroundTrouble(text, lines) : LogExcerpt.last(text, lines))
        .map(found -> ApiResponse.ok(new LogExcerptView(found)));
  }

  /**
   * @param chunks the latest first
   */
  private static String text(List<LogChunk> chunks) {
    List<LogChunk> inOrder = new ArrayList<>(chunks);
    Collections.reverse(inOrder);
    Buffer all = Buffer.buffer();
    inOrder.forEach(chunk -> all.appendBuffer(LogRange.bytes(chunk, 0, Integer.MAX_VALUE)));
    return all.toString(StandardCharsets.UTF_8);
  }
}
