package io.cta.message;

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
}
