package io.cta.message;

/**
 * The connection of a machine's session has ended; {@code session} keeps a newer one from being
 * ended too.
 */
public record MachineGone(String machineId, String session, String reason) {}
