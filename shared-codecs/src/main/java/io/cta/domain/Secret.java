package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A value that tests or their inputs need and nobody may read. With neither group nor scenario any
 * scenario may use it.
 *
 * @param group the team whose scenarios alone may use it, or null
 * @param scenario the only scenario that may use it, or null
 * @param sealed the value as the store keeps it; never leaves the server
 */
@RecordBuilder
public record Secret(
    String id,
    String name,
    String description,
    String group,
    String scenario,
    String sealed,
    Instant createdAt,
    Instant updatedAt) {
  public Secret {
    name = FieldChecks.name("name", name);
  }
}
