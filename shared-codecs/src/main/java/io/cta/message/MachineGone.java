package io.cta.message;

/** The connection of a machine's session has ended; {@code session} guards against a newer one. */
public record MachineGone(String machineId, String session, String reason) {}
