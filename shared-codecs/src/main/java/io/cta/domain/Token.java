package io.cta.domain;

import java.time.Instant;

/**
 * A credential of a program. Only the SHA-256 of the secret is kept: the secret has 256 random
 * bits, so a slow hash would add nothing.
 *
 * @param userId the user in whose name an api token acts
 * @param machineId the machine of an agent token
 * @param hash SHA-256 of the secret, hex
 * @param identity of an agent token, SHA-256 of what the agent proves by that it is the same one;
 *     null when it has shown nothing
 */
public record Token(
    String id,
    String name,
    TokenKind kind,
    Role role,
    String userId,
    String machineId,
    String hash,
    String identity,
    Instant expiresAt,
    Instant createdAt) {}
