package io.cta.server.access;

import io.cta.domain.AccessRole;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;

/** Decides who may do what. A role counts for the whole server, in every group. Pure. */
public final class AccessDecision {
  private AccessDecision() {}

  public static boolean can(AuthenticatedPrincipal who, AccessAction action) {
    return action.role() != null
        ? who.role() != null && who.role().covers(action.role())
        : who.kind() == action.kind();
  }

  /**
   * Throws FORBIDDEN unless they may.
   *
   * @param refusal what they are told then
   */
  public static void require(AuthenticatedPrincipal who, AccessAction action, String refusal) {
    if (!can(who, action)) {
      throw new ServiceFailure(ErrorCode.FORBIDDEN, refusal);
    }
  }

  /**
   * The role of a token that somebody creates: the one asked for, or else their own. Throws
   * FORBIDDEN for more than their own.
   *
   * @param asked may be null
   */
  public static AccessRole tokenRole(AuthenticatedPrincipal who, AccessRole asked) {
    AccessRole role = asked == null ? who.role() : asked;
    if (!who.role().covers(role)) {
      throw new ServiceFailure(
          ErrorCode.FORBIDDEN, "you are " + who.role().wire() + ", a token cannot be more");
    }
    return role;
  }

  /** The role with which a user's token counts: the user's may have been lowered since. */
  public static AccessRole effectiveRole(AccessRole token, AccessRole user) {
    return token.covers(user) ? user : token;
  }
}
