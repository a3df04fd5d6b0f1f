package io.cta.message;

/**
 * Tells an agent to get a new secret now, because somebody else has the one it uses.
 *
 * @param machineId the machine of the agent
 */
public record SecretRenew(String machineId) {}
