package io.cta.bus;

/** A machine's agent wants in at another node, in that session. */
public record SessionQuery(String machineId, String session) {}
