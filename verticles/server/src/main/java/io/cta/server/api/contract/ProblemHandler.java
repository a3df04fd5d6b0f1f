package io.cta.server.api.contract;

import io.cta.error.ErrorCode;
import io.cta.server.http.ProblemResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;

/** Finds out what a failed request is to be told, and has it told as problem+json. */
public final class ProblemHandler {
  /** The failure handler of the API's routes. */
  public void handle(RoutingContext ctx) {
    if (ctx.response().ended() || ctx.response().closed()) {
      return;
    }
    if (ctx.response().headWritten()) {
      // the response has begun: the client must see that it is incomplete
      ctx.request().connection().close();
      return;
    }
    Throwable failure = ctx.failure();
    if (failure instanceof InvalidInput invalid) {
      invalid(ctx, invalid.errors());
    } else if (failure == null || failure instanceof HttpException) {
      plain(ctx, failure instanceof HttpException http ? http.getStatusCode() : ctx.statusCode());
    } else {
      ProblemResponse.refuse(ctx, failure);
    }
  }

  /** Answers a request that no route could parse, or whose method no route has. */
  public void unrouted(RoutingContext ctx, int status) {
    if (!ctx.response().ended() && !ctx.response().closed() && !ctx.response().headWritten()) {
      plain(ctx, status);
    }
  }

  private void invalid(RoutingContext ctx, List<FieldError> errors) {
    String detail = new InvalidInput(errors).getMessage();
    ProblemResponse.send(
        ctx.response(),
        ErrorCode.INVALID.code(),
        ErrorCode.INVALID.status(),
        detail,
        new JsonArray(errors.stream().map(FieldError::toJson).toList()));
  }

  private void plain(RoutingContext ctx, int status) {
    switch (status) {
      case 404 -> send(ctx, "not-found", 404, "there is no " + ctx.normalizedPath());
      case 405 -> send(ctx, "method-not-allowed", 405, "the path has no such method");
      case 413 -> send(ctx, ErrorCode.TOO_LARGE.code(), 413, "the body is too large");
      case 400 -> send(ctx, ErrorCode.INVALID.code(), 400, "the request is malformed");
      default -> send(ctx, ErrorCode.INTERNAL.code(), status < 400 ? 500 : status, "it failed");
    }
  }

  private static void send(RoutingContext ctx, String code, int status, String detail) {
    ProblemResponse.send(ctx.response(), code, status, detail, new JsonArray());
  }
}
