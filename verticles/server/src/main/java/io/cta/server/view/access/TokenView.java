package io.cta.server.view.access;

import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.TokenKind;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/** A token without its secrets. */
public record TokenView(
    String id,
    String name,
    TokenKind kind,
    AccessRole role,
    String userId,
    String machineId,
    Instant expiresAt,
    Instant createdAt)
    implements OutwardView {
  public static TokenView of(AccessToken t) {
    return new TokenView(
        t.id(),
        t.name(),
        t.kind(),
        t.role(),
        t.userId(),
        t.machineId(),
        t.expiresAt(),
        t.createdAt());
  }
}
