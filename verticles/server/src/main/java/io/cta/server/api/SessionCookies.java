package io.cta.server.api;

import io.cta.server.security.Sessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The two cookies of a browser session. */
final class SessionCookies {
  static final String SESSION = Sessions.COOKIE;
  static final String CSRF = "cta_csrf";
  static final String CSRF_HEADER = "X-CSRF-Token";

  private final boolean secure;

  SessionCookies(boolean secure) {
    this.secure = secure;
  }

  void set(RoutingContext ctx, Sessions.Opened session) {
    long age = session.life().toSeconds();
    ctx.response().addCookie(cookie(SESSION, session.jwt(), age).setHttpOnly(true));
    ctx.response().addCookie(cookie(CSRF, session.csrf(), age));
  }

  void clear(RoutingContext ctx) {
    ctx.response().addCookie(cookie(SESSION, "", 0).setHttpOnly(true));
    ctx.response().addCookie(cookie(CSRF, "", 0));
  }

  private Cookie cookie(String name, String value, long age) {
    return Cookie.cookie(name, value)
        .setPath("/")
        .setMaxAge(age)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }
}
