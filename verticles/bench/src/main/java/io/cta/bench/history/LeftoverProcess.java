package io.cta.bench.history;

import java.time.Instant;

/** A process of an execution that was seen after all of them had to be gone. */
public record LeftoverProcess(String taskId, int attempt, long pid, Instant seenAt) {}
