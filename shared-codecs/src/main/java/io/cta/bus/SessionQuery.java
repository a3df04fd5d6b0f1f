package io.cta.bus;

/**
 * Asks whether a machine's agent may connect with that session, or the machine has another live
 * one.
 */
public record SessionQuery(String machineId, String session) {}
