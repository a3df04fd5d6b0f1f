package io.cta.message;

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
    Instant askedAt) {}
