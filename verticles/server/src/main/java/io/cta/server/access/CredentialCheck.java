package io.cta.server.access;

import io.vertx.core.Future;

/** Checks one credential, as often as it is asked: what was valid may be revoked. */
@FunctionalInterface
public interface CredentialCheck {
  /** Whose credential it is; fails with UNAUTHENTICATED or FORBIDDEN if it does not count. */
  Future<AuthenticatedPrincipal> check();

  /** As this check, and fails with FORBIDDEN unless they may do it. */
  default CredentialCheck toDo(AccessAction action, String refusal) {
    return () ->
        check()
            .map(
                who -> {
                  AccessDecision.require(who, action, refusal);
                  return who;
                });
  }
}
