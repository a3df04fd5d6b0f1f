package io.cta.server.security;

import io.vertx.core.Future;

/** Tells who a credential belongs to. Safe from any event loop. */
@FunctionalInterface
public interface BearerAuthenticator {
  /** The bearer of a raw token; an UNAUTHENTICATED failure for anything unknown or expired. */
  Future<AuthenticatedPrincipal> bearer(String rawToken);

  /**
   * The same; a COPIED failure for a secret that was an agent's before it got its present one.
   *
   * @param address where the bearer calls from, for people
   */
  default Future<AuthenticatedPrincipal> bearer(String rawToken, String address) {
    return bearer(rawToken);
  }
}
