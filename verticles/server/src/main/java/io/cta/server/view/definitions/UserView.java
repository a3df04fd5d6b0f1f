package io.cta.server.view.definitions;

import io.cta.domain.AccessRole;
import io.cta.domain.User;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;

/** A person, without the hash of the password. */
public record UserView(
    String id,
    String name,
    String displayName,
    String email,
    AccessRole role,
    List<String> groups,
    Boolean enabled,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static UserView of(User u) {
    return new UserView(
        u.id(),
        u.name(),
        u.displayName(),
        u.email(),
        u.role(),
        u.groups(),
        u.enabled(),
        u.createdAt(),
        u.updatedAt());
  }
}
