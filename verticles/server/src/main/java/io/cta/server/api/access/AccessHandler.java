package io.cta.server.api.access;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.http.BearerHeader;
import io.cta.server.http.ClientAddress;
import io.cta.server.security.AccessControl;
import io.cta.server.security.AuthenticatedPrincipal;
import io.cta.server.security.BrowserSessions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Checks that the caller may call the operation, before any of the request's body is read. Refuses
 * paths that the contract does not have.
 */
public final class AccessHandler implements Handler<RoutingContext> {

  private final ApiContract contract;
  private final AccessControl security;
  private final String cookie;

  /**
   * @param cookie name of the cookie that carries a session
   */
  public AccessHandler(ApiContract contract, AccessControl security, String cookie) {
    this.cookie = cookie;
    this.contract = contract;
    this.security = security;
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
    return principal(ctx)
        .map(
            who -> {
              if (!rule.access().allows(who)) {
                throw new ServiceFailure(
                    ErrorCode.FORBIDDEN,
                    rule.operation().getOperationId() + " needs " + rule.access().needs());
              }
              ctx.put(ApiRequest.PRINCIPAL, who);
              return null;
            });
  }

  private Future<AuthenticatedPrincipal> principal(RoutingContext ctx) {
    String header = ctx.request().getHeader("Authorization");
    if (header != null) {
      String token = BearerHeader.token(header);
      return token == null
          ? refused("only bearer tokens are taken")
          : security.principalResolver.bearer(
              token, ClientAddress.text(ctx.request().remoteAddress()));
    }
    Cookie session = ctx.request().getCookie(cookie);
    return session == null
        ? refused("log in, or send a token")
        : security.sessions.read(session.getValue()).map(read -> entered(ctx, read));
  }

  private static AuthenticatedPrincipal entered(
      RoutingContext ctx, BrowserSessions.Session session) {
    HttpMethod method = ctx.request().method();
    boolean change = !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    if (change && !session.vouchedBy(ctx.request().getHeader(SessionCookies.CSRF_HEADER))) {
      throw new ServiceFailure(
          ErrorCode.FORBIDDEN, "changes must repeat the cookie cta_csrf in X-CSRF-Token");
    }
    ctx.put(ApiRequest.SESSION, session);
    return session.principal();
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, why));
  }
}
