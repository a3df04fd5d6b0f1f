package io.cta.agent.result;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with an error in the form of RFC 9457. */
final class ProblemResponse {
  private static final Logger log = LoggerFactory.getLogger(ProblemResponse.class);

  private ProblemResponse() {}

  static void answer(HttpServerResponse response, Throwable e) {
    if (e instanceof ServiceFailure known) {
      answer(response, known.code().status(), known.getMessage(), known.field());
    } else {
      log.error("a reported result was not recorded", e);
      answer(response, ErrorCode.INTERNAL.status(), "the result could not be recorded", null);
    }
  }

  static void answer(HttpServerResponse response, int status, String detail, String field) {
    if (response.ended() || response.closed()) {
      return;
    }
    JsonObject body =
        new JsonObject().put("type", "about:blank").put("status", status).put("detail", detail);
    if (field != null) {
      body.put("field", field);
    }
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/problem+json")
        .end(body.toBuffer());
  }
}
