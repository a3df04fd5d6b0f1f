package io.cta.server.view.access;

import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.TokenKind;
import io.cta.server.view.OutwardView;
import java.time.Instant;

/**
 * A token that was just issued to a person or for machines to enrol with.
 *
 * @param raw the secret itself, shown only this once
 */
public record IssuedTokenView(
    String id,
    String name,
    TokenKind kind,
    AccessRole role,
    String userId,
    Instant expiresAt,
    Instant createdAt,
    String raw)
    implements OutwardView {
  public static IssuedTokenView of(AccessToken t, String raw) {
    return new IssuedTokenView(
        t.id(), t.name(), t.kind(), t.role(), t.userId(), t.expiresAt(), t.createdAt(), raw);
  }
}
