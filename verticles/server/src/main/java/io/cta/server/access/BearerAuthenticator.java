package io.cta.server.access;

import io.vertx.core.Future;

/** Finds the principal that a token belongs to. Any event loop. */
@FunctionalInterface
public interface BearerAuthenticator {
  /** The principal of a raw token; fails with UNAUTHENTICATED for an unknown or expired one. */
  Future<AuthenticatedPrincipal> bearer(String rawToken);

  /**
   * As {@link #bearer(String)}; fails with COPIED for a secret that the agent used before its
   * current one.
   *
   * @param address of the caller, to be shown to people
   */
  default Future<AuthenticatedPrincipal> bearer(String rawToken, String address) {
    return bearer(rawToken);
  }
}
