package io.cta.server.http;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client over HTTP what failed: as problem+json (RFC 9457), in the contract's form. */
public final class ProblemResponse {
  private static final Logger log = LoggerFactory.getLogger(ProblemResponse.class);

  /** Seconds to wait that a client is told when the failure does not say. */
  private static final long RETRY_SECONDS = 60;

  private ProblemResponse() {}

  /** Answers a request, which may be paused, unless it was answered before. */
  public static void refuse(RoutingContext ctx, Throwable why) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (!(why instanceof ServiceFailure)) {
      log.error("request failed [path: {}]", ctx.normalizedPath(), why);
    }
    if (!ctx.request().isEnded()) {
      ctx.request().resume(); // HTTP/2 does not resume what was read to its end
    }
    send(response, ServiceFailure.of(why));
  }

  /** Answers with an expected failure, and the headers that belong to its code. */
  public static void send(HttpServerResponse response, ServiceFailure failure) {
    ErrorCode code = failure.code();
    if (code == ErrorCode.UNAUTHENTICATED) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"cta\"");
    }
    if (code == ErrorCode.TOO_MANY) {
      long seconds = failure.retrySeconds() > 0 ? failure.retrySeconds() : RETRY_SECONDS;
      response.putHeader("Retry-After", String.valueOf(seconds));
    }
    send(response, code.code(), code.status(), failure.getMessage(), errors(failure));
  }

  /**
   * @param code a stable word
   * @param errors the fields at fault and the rules they break; empty for none
   */
  public static void send(
      HttpServerResponse response, String code, int status, String detail, JsonArray errors) {
    JsonObject problem =
        new JsonObject()
            .put("type", "urn:cta:error:" + code)
            .put("title", title(code))
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      problem.put("errors", errors);
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toBuffer());
  }

  private static JsonArray errors(ServiceFailure failure) {
    return failure.field() == null
        ? new JsonArray()
        : new JsonArray()
            .add(new JsonObject().put("field", failure.field()).put("rule", failure.rule()));
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
