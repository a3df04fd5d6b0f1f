package io.cta.domain;

import java.time.Instant;
import java.util.List;

/**
 * A person.
 *
 * @param passwordHash encoded hash, never leaves the server; null when no password is set
 */
public record User(
    String id,
    String name,
    String displayName,
    String email,
    Role role,
    List<String> groups,
    Boolean enabled,
    String passwordHash,
    Instant createdAt,
    Instant updatedAt) {
  public User {
    name = Check.name("name", name);
    role = Check.or(role, Role.VIEWER);
    groups = Check.list(groups);
    enabled = Check.or(enabled, true);
  }
}
