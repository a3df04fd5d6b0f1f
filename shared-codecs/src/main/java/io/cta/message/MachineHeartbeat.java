package io.cta.message;

import io.cta.domain.AttemptRef;
import java.util.List;

/**
 * The regular report of an agent that its machine is alive.
 *
 * @param load system load average over one minute, −1 when unknown
 * @param diskFree bytes free for workspaces
 * @param agentTime the agent's clock, epoch milliseconds, to report skew and to tell late
 *     heartbeats from fresh ones; 0 when unknown
 * @param leaving true when the agent takes no more tasks and will stop
 * @param trouble why it takes no tasks for now, for people, such as a disk that is low; or null
 */
public record MachineHeartbeat(
    String machineId,
    String session,
    double load,
    long diskFree,
    long agentTime,
    boolean leaving,
    List<AttemptRef> tasks,
    String trouble) {}
