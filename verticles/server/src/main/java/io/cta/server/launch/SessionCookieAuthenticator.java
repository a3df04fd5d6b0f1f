package io.cta.server.launch;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.security.AccessControl;
import io.cta.server.security.AuthenticatedPrincipal;
import io.cta.server.security.BrowserSessions;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Finds the user of a request by its session cookie. */
final class SessionCookieAuthenticator
    implements Function<RoutingContext, Future<AuthenticatedPrincipal>> {
  private final AccessControl security;
  private final String name;

  /**
   * @param name of the cookie
   */
  SessionCookieAuthenticator(AccessControl security, String name) {
    this.name = name;
    this.security = security;
  }

  @Override
  public Future<AuthenticatedPrincipal> apply(RoutingContext ctx) {
    Cookie cookie = ctx.request().getCookie(name);
    if (cookie == null) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAUTHENTICATED, "no session and no token"));
    }
    return security.sessions.read(cookie.getValue()).map(BrowserSessions.Session::principal);
  }
}
