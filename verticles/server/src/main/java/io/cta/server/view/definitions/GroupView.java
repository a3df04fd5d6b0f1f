package io.cta.server.view.definitions;

import io.cta.domain.Group;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/** A team of users. */
public record GroupView(
    String id, String name, String description, Instant createdAt, Instant updatedAt)
    implements OutwardView {
  public static GroupView of(Group g) {
    return new GroupView(g.id(), g.name(), g.description(), g.createdAt(), g.updatedAt());
  }
}
