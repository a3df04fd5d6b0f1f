package io.cta.message;

/**
 * A change of a task attempt on a machine.
 *
 * @param token fencing token of the attempt
 */
public record TaskEvent(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    String reason) {}
