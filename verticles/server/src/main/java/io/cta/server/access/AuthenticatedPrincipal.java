package io.cta.server.access;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;

/**
 * The user, program or agent that a request was authenticated as.
 *
 * @param name of the user or token, for {@code requestedBy} and the logs
 * @param role what the principal may do; null for agents, which may only use the gateway
 * @param kind of the token; null for a person's session
 * @param machineId of an agent, else null
 */
public record AuthenticatedPrincipal(
    String name, String userId, AccessRole role, TokenKind kind, String machineId) {}
