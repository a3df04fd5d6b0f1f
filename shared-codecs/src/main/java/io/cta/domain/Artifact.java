package io.cta.domain;

import java.time.Instant;

/** A file a test left behind, kept by the server; {@code size} in bytes, {@code sha256} in hex. */
public record Artifact(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    String path,
    long size,
    String sha256,
    Instant at) {}
