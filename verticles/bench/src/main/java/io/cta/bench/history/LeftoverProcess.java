package io.cta.bench.history;

import java.time.Instant;

/** A process of an execution that was seen when there should have been none any more. */
public record LeftoverProcess(String taskId, int attempt, long pid, Instant seenAt) {}
