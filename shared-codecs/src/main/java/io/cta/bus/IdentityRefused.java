package io.cta.bus;

/**
 * Somebody with the identity of a machine was not let in, because another agent has it.
 *
 * @param address where it called from
 */
public record IdentityRefused(String machineId, String address) {}
