package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * A person.
 *
 * @param passwordHash encoded hash, never leaves the server; null when no password is set
 */
@RecordBuilder
public record User(
    String id,
    String name,
    String displayName,
    String email,
    AccessRole role,
    List<String> groups,
    Boolean enabled,
    String passwordHash,
    Instant createdAt,
    Instant updatedAt) {
  public User {
    name = FieldChecks.name("name", name);
    role = FieldChecks.or(role, AccessRole.VIEWER);
    groups = FieldChecks.list(groups);
    enabled = FieldChecks.or(enabled, true);
  }
}
