package io.cta.message;

import io.cta.domain.AttemptRef;
import io.cta.domain.ResolvedInput;
import java.util.List;

/**
 * The inputs of an attempt are fetched, and this is what they were. Sent before the attempt starts
 * when the command asked for it.
 *
 * @param token fencing token of the attempt
 */
public record SourcesResolved(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    List<ResolvedInput> inputs) {
  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
