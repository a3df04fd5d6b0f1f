package io.cta.message;

import io.cta.domain.AttemptRef;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A piece of an attempt's output.
 *
 * @param seq 0, 1, 2… per task attempt
 * @param offset bytes before it, gaps included
 * @param size bytes of output it stands for, before compression; of a gap, the bytes left out
 * @param gap true when the bytes were left out because the log had reached its cap
 * @param data gzip, base64; null for a gap
 */
@RecordBuilder
public record LogWritten(
    String executionId,
    String taskId,
    int attempt,
    String token,
    String testId,
    int seq,
    long offset,
    int size,
    boolean gap,
    String data) {
  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
