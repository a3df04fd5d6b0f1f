package io.cta.message;

import io.cta.domain.AttemptRef;
import java.util.List;

/** Statuses of one task attempt; at most {@link #MAX} in a message. */
public record StatusBatch(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    List<StatusReport> statuses) {
  public static final int MAX = 200;

  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
