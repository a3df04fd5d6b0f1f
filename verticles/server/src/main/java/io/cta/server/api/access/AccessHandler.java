package io.cta.server.api.access;

import io.cta.server.access.AccessAction;
import io.cta.server.access.AccessDecision;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.http.ApiRequest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Checks that the caller may call the operation, before any of the request's body is read. Refuses
 * paths that the contract does not have.
 */
public final class AccessHandler implements Handler<RoutingContext> {

  private final ApiContract contract;
  private final RequestAuthenticator authenticator;

  public AccessHandler(ApiContract contract, RequestAuthenticator authenticator) {
    this.contract = contract;
    this.authenticator = authenticator;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      // the live feed and the agents' link check access themselves
      ctx.next();
      return;
    }
    ApiContract.OperationRule rule = contract.find(request.path(), request.method());
    if (rule == null) {
      unknown(ctx);
      return;
    }
    request.pause();
    authorize(ctx, rule)
        .onComplete(
            done -> {
              request.resume();
              if (done.failed()) {
                ctx.fail(done.cause());
              } else {
                ctx.put(ApiRequest.RULE, rule);
                ctx.next();
              }
            });
  }

  private void unknown(RoutingContext ctx) {
    var methods = contract.methods(ctx.request().path());
    if (methods.isEmpty()) {
      ctx.fail(404);
    } else {
      ctx.response().putHeader("Allow", String.join(", ", methods));
      ctx.fail(405);
    }
  }

  private Future<Void> authorize(RoutingContext ctx, ApiContract.OperationRule rule) {
    if (rule.access().open()) {
      return Future.succeededFuture();
    }
    AccessAction action = rule.access().action();
    return authenticator
        .caller(ctx.request())
        .map(
            who -> {
              AccessDecision.require(
                  who, action, rule.operation().getOperationId() + " needs " + action.needs());
              ctx.put(ApiRequest.PRINCIPAL, who);
              return null;
            });
  }
}
