package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A piece of a test's output as it is stored.
 *
 * @param id {@code taskId.attempt.seq}
 * @param seq 0, 1, 2… per task attempt
 * @param offset bytes of the attempt's output before this chunk, gaps included
 * @param size bytes of output it stands for, before compression; of a gap, the bytes left out
 * @param gap true when the bytes were left out because the log had reached its cap
 * @param data gzip, base64; null for a gap
 */
@RecordBuilder
public record LogChunk(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    int seq,
    long offset,
    int size,
    boolean gap,
    String data,
    Instant at) {
  public static String id(String taskId, int attempt, int seq) {
    // padded, so that ids sort as their sequence does
    return taskId + "." + attempt + "." + String.format("%08d", seq);
  }
}
