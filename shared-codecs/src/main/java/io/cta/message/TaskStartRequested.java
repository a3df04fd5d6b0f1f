package io.cta.message;

import io.cta.domain.AttemptRef;
import java.time.Instant;

/**
 * An agent asks whether an attempt in its journal is still wanted.
 *
 * @param token fencing token of the attempt
 * @param askedAt by the machine's clock; comes back with the answer
 */
public record TaskStartRequested(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String machineId,
    Instant askedAt) {
  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
