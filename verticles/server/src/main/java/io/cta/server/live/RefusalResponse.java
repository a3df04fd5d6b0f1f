package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a refused request to watch with problem+json. */
final class RefusalResponse {
  private static final Logger log = LoggerFactory.getLogger(RefusalResponse.class);

  private RefusalResponse() {}

  static void send(RoutingContext ctx, Throwable e) {
    ServiceFailure failure = e instanceof ServiceFailure known ? known : internal(e);
    ctx.request().resume();
    ctx.response()
        .setStatusCode(failure.code().status())
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("title", failure.code().code())
                .put("status", failure.code().status())
                .put("code", failure.code().code())
                .put("detail", failure.getMessage())
                .encode());
  }

  private static ServiceFailure internal(Throwable e) {
    log.error("credential not checked", e);
    return new ServiceFailure(ErrorCode.INTERNAL, "internal error");
  }
}
