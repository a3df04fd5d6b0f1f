package io.cta.server.security;

import io.cta.domain.AccessRole;
import io.cta.domain.User;
import java.time.Instant;
import java.util.List;

/** Changes to the user record that need a password's hash. Pure. */
public final class UserUpdates {
  private UserUpdates() {}

  static User admin(String id, String name, String hash, Instant now) {
    return new User(
        id, name, "Administrator", null, AccessRole.ADMIN, List.of(), true, hash, now, now);
  }

  public static User withPassword(User u, String hash, Instant now) {
    return new User(
        u.id(),
        u.name(),
        u.displayName(),
        u.email(),
        u.role(),
        u.groups(),
        u.enabled(),
        hash,
        u.createdAt(),
        now);
  }
}
