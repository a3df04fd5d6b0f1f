package io.cta.server.access;

/** The session of somebody who has logged in with a browser. */
public interface BrowserSession {
  AuthenticatedPrincipal principal();

  /**
   * True when a request repeats the session's CSRF token, so that it comes from this server's page.
   *
   * @param token may be null
   */
  boolean vouchedBy(String token);
}
