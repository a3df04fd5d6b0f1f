package io.cta.server.api.contract;

import io.cta.server.access.AccessAction;

/**
 * Who may call an operation, from its {@code x-role}.
 *
 * @param action what the caller must be allowed to do; null if anybody may call it
 */
public record AccessRule(AccessAction action) {
  /** Parses the rule; anything unknown fails the start, so that no operation is open by mistake. */
  static AccessRule of(Object written, String operation) {
    String word = written instanceof String text ? text : "";
    return new AccessRule(
        switch (word) {
          case "public" -> null;
          case "registration" -> AccessAction.ENROL;
          case "agent" -> AccessAction.SPEAK_FOR_MACHINE;
          case "viewer" -> AccessAction.READ;
          case "runner" -> AccessAction.RUN;
          case "maintainer" -> AccessAction.MAINTAIN;
          case "admin" -> AccessAction.ADMINISTER;
          default -> throw new IllegalStateException("operation " + operation + " has no x-role");
        });
  }

  public boolean open() {
    return action == null;
  }
}
