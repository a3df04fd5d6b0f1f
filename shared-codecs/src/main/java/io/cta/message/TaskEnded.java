package io.cta.message;

import io.cta.domain.AttemptRef;
import io.cta.domain.State;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The end of a task attempt on a machine.
 *
 * @param state {@code finished}, {@code cancelled} or {@code timeout}
 * @param statusCount how many statuses the attempt has: indexes 1 to this number
 * @param infra true when the infrastructure broke (fetch failed, agent restarted), not the test
 * @param reason a word such as {@code fetchFailed}, or null
 * @param message for people, or null
 * @param warnings what is no result of a test, but somebody should know, such as a file that was
 *     not kept
 * @param durationMs from first process to end, by the agent's monotonic clock
 */
@RecordBuilder
public record TaskEnded(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    State state,
    int statusCount,
    boolean infra,
    String reason,
    String message,
    Long durationMs,
    List<String> warnings) {
  public TaskEnded {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
