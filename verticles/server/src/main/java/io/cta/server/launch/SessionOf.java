package io.cta.server.launch;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.security.Principal;
import io.cta.server.security.Security;
import io.cta.server.security.Sessions;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Who the session cookie of a request belongs to. */
final class SessionOf implements Function<RoutingContext, Future<Principal>> {
  private final Security security;
  private final String name;

  /**
   * @param name the cookie's
   */
  SessionOf(Security security, String name) {
    this.name = name;
    this.security = security;
  }

  @Override
  public Future<Principal> apply(RoutingContext ctx) {
    Cookie cookie = ctx.request().getCookie(name);
    if (cookie == null) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAUTHENTICATED, "no session and no token"));
    }
    return security.sessions.read(cookie.getValue()).map(Sessions.Session::principal);
  }
}
