package io.cta.server.api;

import io.cta.domain.Role;
import io.cta.domain.TokenKind;
import io.cta.server.security.Principal;
import java.util.Locale;

/** Who may call an operation, as its {@code x-role} says. */
record Access(boolean open, TokenKind kind, Role role) {
  /** Anything that is not understood is an error at start, never an open door. */
  static Access of(Object written, String operation) {
    String word = written instanceof String text ? text : "";
    return switch (word) {
      case "public" -> new Access(true, null, null);
      case "registration" -> new Access(false, TokenKind.REGISTRATION, null);
      case "agent" -> new Access(false, TokenKind.AGENT, null);
      case "viewer", "runner", "maintainer", "admin" ->
          new Access(false, null, Role.valueOf(word.toUpperCase(Locale.ROOT)));
      default -> throw new IllegalStateException("operation " + operation + " has no x-role");
    };
  }

  boolean allows(Principal who) {
    if (open) {
      return true;
    }
    if (kind != null) {
      return who.kind() == kind;
    }
    return who.role() != null && who.role().covers(role);
  }

  String needs() {
    return kind != null ? "a " + kind.wire() + " token" : "the role " + role.wire();
  }
}
