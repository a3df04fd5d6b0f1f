package io.cta.server.security;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;

/**
 * Who asks.
 *
 * @param name user's or token's name, for {@code requestedBy} and the logs
 * @param role what it may do; null for agents, which may only use the gateway
 * @param kind null for a person's session
 * @param machineId of an agent, else null
 */
public record AuthenticatedPrincipal(
    String name, String userId, AccessRole role, TokenKind kind, String machineId) {}
