package io.cta.domain;

import java.time.Instant;

/** A team of users; executions are shared out fairly between groups. */
public record Group(
    String id, String name, String description, Instant createdAt, Instant updatedAt) {
  public Group {
    name = FieldChecks.name("name", name);
  }
}
