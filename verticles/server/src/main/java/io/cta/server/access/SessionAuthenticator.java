package io.cta.server.access;

import io.vertx.core.Future;

/** Finds the browser session that a cookie belongs to. Any event loop. */
@FunctionalInterface
public interface SessionAuthenticator {
  /** The session of a cookie's value; fails with UNAUTHENTICATED if it is forged or over. */
  Future<? extends BrowserSession> read(String cookie);
}
