package io.cta.domain;

import java.time.Instant;

/**
 * A credential of a program. Only the SHA-256 of the secret is kept: the secret has 256 random
 * bits, so a slow hash would add nothing.
 *
 * @param userId the user in whose name an api token acts
 * @param machineId the machine of an agent token
 * @param hash SHA-256 of the secret, hex
 */
public record Token(
    String id,
    String name,
    TokenKind kind,
    Role role,
    String userId,
    String machineId,
    String hash,
    Instant expiresAt,
    Instant createdAt) {}
