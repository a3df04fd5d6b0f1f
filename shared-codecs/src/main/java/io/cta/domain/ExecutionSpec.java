package io.cta.domain;

import java.time.Instant;

/**
 * What was asked of an execution. Stored once, before the execution, and never changed.
 *
 * @param id of the execution
 * @param snapshot what it runs, with the parameters of whoever asked
 * @param requestedBy name of the user or token
 * @param rerunOf the execution it repeats, or null
 */
public record ExecutionSpec(
    String id,
    ExecutionSnapshot snapshot,
    String requestedBy,
    Instant requestedAt,
    String rerunOf) {}
