package io.cta.message;

import io.cta.domain.AttemptRef;

/**
 * A change of a task attempt on a machine.
 *
 * @param token fencing token of the attempt
 * @param shell for a start, what runs the scripts, such as {@code bash -eo pipefail}; else null
 */
public record TaskEvent(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    String reason,
    String shell) {
  /** An event without a shell. */
  public TaskEvent(
      String executionId,
      String taskId,
      int attempt,
      String token,
      String machineId,
      String reason) {
    this(executionId, taskId, attempt, token, machineId, reason, null);
  }

  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
