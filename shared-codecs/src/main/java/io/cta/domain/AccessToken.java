package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * A credential of a program. Only the SHA-256 of the secret is kept: the secret has 256 random
 * bits, so a slow hash would add nothing.
 *
 * @param userId the user in whose name an api token acts
 * @param machineId the machine of an agent token
 * @param hash SHA-256 of the secret, hex
 * @param identity for an agent token, SHA-256 of what the agent shows to prove that it is the same
 *     one; null when it has shown nothing
 * @param nextHashes for an agent token, SHA-256 of secrets that were handed out and not used yet;
 *     the first one used replaces {@code hash}
 * @param retired for an agent token, the first characters of the SHA-256 of its last former
 *     secrets, to tell a copy of the agent from a stranger
 */
@RecordBuilder
public record AccessToken(
    String id,
    String name,
    TokenKind kind,
    AccessRole role,
    String userId,
    String machineId,
    String hash,
    String identity,
    Instant expiresAt,
    Instant createdAt,
    List<String> nextHashes,
    List<String> retired) {
  public AccessToken {
    nextHashes = FieldChecks.list(nextHashes);
    retired = FieldChecks.list(retired);
  }

  /** The same token with other secrets. */
  public AccessToken secrets(String newHash, List<String> newNextHashes, List<String> newRetired) {
    return AccessTokenBuilder.builder(this)
        .hash(newHash)
        .nextHashes(newNextHashes)
        .retired(newRetired)
        .build();
  }
}
