package io.cta.server.api.access;

import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.BrowserSessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The two cookies of a browser session. */
public final class SessionCookies {
  private final String session;
  private final String path;
  private final boolean secure;

  /**
   * @param secure true if cookies go over https only, whatever the address is
   */
  public SessionCookies(PublicAddress address, boolean secure) {
    this.session = address.cookie(RequestAuthenticator.SESSION_COOKIE);
    // two servers behind one host must not overwrite each other's cookies
    this.path = address.path().isEmpty() ? "/" : address.path();
    this.secure = secure || address.https();
  }

  void set(RoutingContext ctx, BrowserSessions.OpenedSession openedSession) {
    long age = openedSession.life().toSeconds();
    ctx.response().addCookie(cookie(session, openedSession.jwt(), age).setHttpOnly(true));
    ctx.response().addCookie(cookie(RequestAuthenticator.CSRF_COOKIE, openedSession.csrf(), age));
  }

  void clear(RoutingContext ctx) {
    ctx.response().addCookie(cookie(session, "", 0).setHttpOnly(true));
    ctx.response().addCookie(cookie(RequestAuthenticator.CSRF_COOKIE, "", 0));
  }

  private Cookie cookie(String name, String value, long age) {
    return Cookie.cookie(name, value)
        .setPath(path)
        .setMaxAge(age)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }
}
