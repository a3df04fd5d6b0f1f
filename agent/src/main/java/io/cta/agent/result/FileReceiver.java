package io.cta.agent.result;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Receives files that a test sends: a form with files, or one file as the body, whose name is a
 * parameter. They are written to disk as they come. Event loop only.
 */
final class FileReceiver {
  private static final int MAX_FORM_FILES = 100;

  private final Vertx vertx;
  private final ResultReceiver target;

  FileReceiver(Vertx vertx, ResultReceiver target) {
    this.vertx = vertx;
    this.target = target;
  }

  /** What was kept: one file, or {@code files} of a form. */
  Future<JsonObject> receive(HttpServerRequest request) {
    try {
      requireLength(request);
    } catch (ServiceFailure e) {
      return Future.failedFuture(e);
    }
    String type = request.getHeader("content-type");
    boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    return form ? form(request) : body(request);
  }

  private void requireLength(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    if (length == null) {
      throw ServiceFailure.invalid("Content-Length", "is required: say how large the file is");
    }
    if (Long.parseLong(length.strip()) > target.maxFileBytes()) {
      throw ServiceFailure.ofField(
          ErrorCode.TOO_LARGE,
          "Content-Length",
          "must be at most " + target.maxFileBytes() + " bytes (--artifact-limit)");
    }
  }

  private Future<JsonObject> body(HttpServerRequest request) {
    String name = request.getParam("name");
    if (name == null || name.isEmpty()) {
      return Future.failedFuture(
          ServiceFailure.invalid("name", "is required: ?name=report/page.html"));
    }
    Path file = target.incoming();
    request.pause();
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setRead(false).setWrite(true))
        .compose(request::pipeTo)
        .compose(written -> target.keep(name, file));
  }

  private Future<JsonObject> form(HttpServerRequest request) {
    Promise<Void> ended = Promise.promise();
    List<Future<JsonObject>> files = new ArrayList<>();
    request.setExpectMultipart(true);
    request.uploadHandler(
        upload -> {
          if (files.size() >= MAX_FORM_FILES) {
            files.add(Future.failedFuture(tooMany()));
          } else {
            files.add(file(upload));
          }
        });
    request.exceptionHandler(ended::tryFail);
    request.endHandler(v -> ended.tryComplete());
    return ended
        .future()
        .compose(v -> Future.join(files))
        .map(
            v -> {
              if (files.isEmpty()) {
                throw ServiceFailure.invalid("file", "is required: the form has no file");
              }
              JsonArray kept = new JsonArray();
              files.forEach(file -> kept.add(file.result()));
              return new JsonObject().put("files", kept);
            });
  }

  private Future<JsonObject> file(HttpServerFileUpload upload) {
    String name = upload.filename();
    Path file = target.incoming();
    return upload.streamToFileSystem(file.toString()).compose(written -> target.keep(name, file));
  }

  private static ServiceFailure tooMany() {
    return ServiceFailure.ofField(
        ErrorCode.TOO_LARGE, "file", "must not be there more than " + MAX_FORM_FILES + " times");
  }
}
