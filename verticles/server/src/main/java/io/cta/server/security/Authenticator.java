package io.cta.server.security;

import io.vertx.core.Future;

/** Tells who a credential belongs to. Safe from any event loop. */
@FunctionalInterface
public interface Authenticator {
  /** The bearer of a raw token; an UNAUTHENTICATED failure for anything unknown or expired. */
  Future<Principal> bearer(String rawToken);
}
