package io.cta.bus;

/**
 * A node has received a message from a machine's agent.
 *
 * @param session the agent's session; null when the machine has none any more
 * @param agoMillis how long ago the message came
 * @param load system load in the last heartbeat, −1 when unknown
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
