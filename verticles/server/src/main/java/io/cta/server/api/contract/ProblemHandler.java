package io.cta.server.api.contract;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every failure as problem+json (RFC 9457). */
public final class ProblemHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  private final ContractErrors contractErrors;

  public ProblemHandler(ContractErrors contractErrors) {
    this.contractErrors = contractErrors;
  }

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
    if (failure instanceof HttpException http && http.getCause() instanceof ValidatorException v) {
      invalid(ctx, contractErrors.of(v));
    } else if (failure instanceof InvalidInput invalid) {
      invalid(ctx, invalid.errors());
    } else if (failure instanceof ServiceFailure known) {
      known(ctx, known);
    } else if (failure == null || failure instanceof HttpException) {
      plain(ctx, failure instanceof HttpException http ? http.getStatusCode() : ctx.statusCode());
    } else {
      log.error("request failed [path: {}]", ctx.normalizedPath(), failure);
      known(ctx, new ServiceFailure(ErrorCode.INTERNAL, "internal error"));
    }
  }

  /** Answers a request that no route could parse, or whose method no route has. */
  public void unrouted(RoutingContext ctx, int status) {
    if (!ctx.response().ended() && !ctx.response().closed() && !ctx.response().headWritten()) {
      plain(ctx, status);
    }
  }

  private void known(RoutingContext ctx, ServiceFailure failure) {
    if (failure.code() == ErrorCode.INVALID && failure.field() != null) {
      String text = failure.getMessage();
      String field = failure.field();
      String rule = text.startsWith(field + " ") ? text.substring(field.length() + 1) : text;
      invalid(ctx, List.of(new FieldError(field, rule)));
      return;
    }
    if (failure.code() == ErrorCode.UNAUTHENTICATED) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"cta\"");
    }
    if (failure.code() == ErrorCode.TOO_MANY) {
      ctx.response().putHeader("Retry-After", String.valueOf(retry(failure)));
    }
    send(ctx, failure.code().code(), failure.code().status(), failure.getMessage(), List.of());
  }

  private static long retry(ServiceFailure failure) {
    return failure.retrySeconds() > 0 ? failure.retrySeconds() : 60;
  }

  private void invalid(RoutingContext ctx, List<FieldError> errors) {
    String detail = new InvalidInput(errors).getMessage();
    send(ctx, ErrorCode.INVALID.code(), ErrorCode.INVALID.status(), detail, errors);
  }

  private void plain(RoutingContext ctx, int status) {
    switch (status) {
      case 404 -> send(ctx, "not-found", 404, "there is no " + ctx.normalizedPath(), List.of());
      case 405 -> send(ctx, "method-not-allowed", 405, "the path has no such method", List.of());
      case 413 -> send(ctx, ErrorCode.TOO_LARGE.code(), 413, "the body is too large", List.of());
      case 400 -> send(ctx, ErrorCode.INVALID.code(), 400, "the request is malformed", List.of());
      default ->
          send(ctx, ErrorCode.INTERNAL.code(), status < 400 ? 500 : status, "it failed", List.of());
    }
  }

  private static void send(
      RoutingContext ctx, String code, int status, String detail, List<FieldError> errors) {
    JsonObject problem =
        new JsonObject()
            .put("type", "urn:cta:error:" + code)
            .put("title", title(code))
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      problem.put("errors", new JsonArray(errors.stream().map(FieldError::toJson).toList()));
    }
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toBuffer());
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
