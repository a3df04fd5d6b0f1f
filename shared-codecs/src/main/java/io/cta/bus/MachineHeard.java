package io.cta.bus;

/**
 * A message of a machine's agent that some node has taken.
 *
 * @param session who speaks for the machine; null when nobody does any more
 * @param agoMillis how long ago that was
 * @param load of its last heartbeat, −1 when unknown
 * @param diskFree bytes, −1 when unknown
 * @param leaving true when its agent takes no more tasks
 */
public record MachineHeard(
    String machineId,
    String session,
    long agoMillis,
    double load,
    long diskFree,
    boolean leaving) {}
