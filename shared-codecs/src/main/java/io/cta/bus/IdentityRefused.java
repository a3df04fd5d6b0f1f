package io.cta.bus;

/**
 * An agent that presented a machine's identity was refused, because another agent has it.
 *
 * @param address the network address that it connected from
 */
public record IdentityRefused(String machineId, String address) {}
