package io.cta.server.view.access;

import io.cta.domain.Secret;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/** A secret without its value. */
public record SecretView(
    String id,
    String name,
    String description,
    String group,
    String scenario,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static SecretView of(Secret s) {
    return new SecretView(
        s.id(), s.name(), s.description(), s.group(), s.scenario(), s.createdAt(), s.updatedAt());
  }
}
