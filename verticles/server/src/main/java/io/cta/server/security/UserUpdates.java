package io.cta.server.security;

import io.cta.domain.AccessRole;
import io.cta.domain.User;
import io.cta.domain.UserBuilder;
import java.time.Instant;
import java.util.List;

/** Creates and changes user records that need a password hash. Pure. */
public final class UserUpdates {
  private UserUpdates() {}

  static User admin(String id, String name, String hash, Instant now) {
    return UserBuilder.builder()
        .id(id)
        .name(name)
        .displayName("Administrator")
        .role(AccessRole.ADMIN)
        .groups(List.of())
        .enabled(true)
        .passwordHash(hash)
        .createdAt(now)
        .updatedAt(now)
        .build();
  }

  public static User withPassword(User u, String hash, Instant now) {
    return UserBuilder.builder(u).passwordHash(hash).updatedAt(now).build();
  }
}
