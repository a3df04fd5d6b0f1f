package io.cta.server.access;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;

/** What somebody may ask to do, and what it takes: a role, a kind of token, or a login. */
public enum AccessAction {
  READ(AccessRole.VIEWER),
  RUN(AccessRole.RUNNER),
  MAINTAIN(AccessRole.MAINTAINER),
  ADMINISTER(AccessRole.ADMIN),

  /** Follow the live feed. */
  WATCH(AccessRole.VIEWER),

  /** Create, change or delete groups, together with other definitions. */
  CHANGE_GROUPS(AccessRole.ADMIN),

  /** See and delete the tokens of others too. */
  MANAGE_ALL_TOKENS(AccessRole.ADMIN),

  /** Create tokens with which machines are enrolled. */
  ISSUE_REGISTRATION_TOKENS(AccessRole.ADMIN),

  /** Make a machine one of the fleet. */
  ENROL(TokenKind.REGISTRATION),

  /** Connect as the agent of a machine. */
  SPEAK_FOR_MACHINE(TokenKind.AGENT),

  CHANGE_OWN_PASSWORD(null, null);

  private final AccessRole role;
  private final TokenKind kind;

  AccessAction(AccessRole role) {
    this(role, null);
  }

  AccessAction(TokenKind kind) {
    this(null, kind);
  }

  /** With neither role nor kind it takes a login. */
  AccessAction(AccessRole role, TokenKind kind) {
    this.role = role;
    this.kind = kind;
  }

  AccessRole role() {
    return role;
  }

  TokenKind kind() {
    return kind;
  }

  /** What it takes, for people. */
  public String needs() {
    if (role != null) {
      return "the role " + role.wire();
    }
    return kind != null ? "a " + kind.wire() + " token" : "a login";
  }
}
