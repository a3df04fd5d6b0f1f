package io.cta.server.view.definitions;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/**
 * A forge, without its token.
 *
 * @param hasToken false while nothing can be reported, since it was given none
 */
public record ForgeView(
    String id,
    String name,
    String description,
    String group,
    ForgeType type,
    String url,
    String user,
    boolean hasToken,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static ForgeView of(Forge f) {
    return new ForgeView(
        f.id(),
        f.name(),
        f.description(),
        f.group(),
        f.type(),
        f.url(),
        f.user(),
        f.token() != null,
        f.createdAt(),
        f.updatedAt());
  }
}
