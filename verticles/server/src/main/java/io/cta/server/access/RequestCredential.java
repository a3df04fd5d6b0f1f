package io.cta.server.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What a request shows to say who is asking: a token in its header (RFC 6750, section 2.1), or else
 * the cookie of a session. Ignores credentials in the URL, since URLs end up in logs.
 *
 * @param value of the token or the cookie; null for neither
 */
record RequestCredential(Kind kind, String value) {
  enum Kind {
    TOKEN,
    SESSION,
    /** The header is of another scheme than that of tokens. */
    OTHER_SCHEME,
    NONE
  }

  private static final String SCHEME = "Bearer ";

  /**
   * @param cookie the name of the cookie that carries a session
   */
  static RequestCredential of(HttpServerRequest request, String cookie) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return ofHeader(header);
    }
    Cookie session = request.getCookie(cookie);
    return session == null
        ? new RequestCredential(Kind.NONE, null)
        : new RequestCredential(Kind.SESSION, session.getValue());
  }

  static RequestCredential ofHeader(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? new RequestCredential(Kind.TOKEN, header.substring(SCHEME.length()).trim())
        : new RequestCredential(Kind.OTHER_SCHEME, null);
  }
}
