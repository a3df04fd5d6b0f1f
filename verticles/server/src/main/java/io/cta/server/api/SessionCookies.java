package io.cta.server.api;

import io.cta.server.http.PublicAddress;
import io.cta.server.security.Sessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The two cookies of a browser session. */
final class SessionCookies {
  static final String CSRF = "cta_csrf";
  static final String CSRF_HEADER = "X-CSRF-Token";

  private final String session;
  private final String path;
  private final boolean secure;

  /**
   * @param secure true for cookies that go over https only, whatever the address says
   */
  SessionCookies(PublicAddress address, boolean secure) {
    this.session = address.cookie(Sessions.COOKIE);
    // two servers behind one host must not overwrite each other's
    this.path = address.path().isEmpty() ? "/" : address.path();
    this.secure = secure || address.https();
  }

  void set(RoutingContext ctx, Sessions.Opened opened) {
    long age = opened.life().toSeconds();
    ctx.response().addCookie(cookie(session, opened.jwt(), age).setHttpOnly(true));
    ctx.response().addCookie(cookie(CSRF, opened.csrf(), age));
  }

  void clear(RoutingContext ctx) {
    ctx.response().addCookie(cookie(session, "", 0).setHttpOnly(true));
    ctx.response().addCookie(cookie(CSRF, "", 0));
  }

  private Cookie cookie(String name, String value, long age) {
    return Cookie.cookie(name, value)
        .setPath(path)
        .setMaxAge(age)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }
}
