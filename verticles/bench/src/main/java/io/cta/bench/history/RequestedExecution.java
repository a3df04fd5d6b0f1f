package io.cta.bench.history;

import java.time.Instant;

/**
 * An execution whose request was answered with 202.
 *
 * @param cancelledAt when the server answered its cancel, null if nobody cancelled it
 */
public record RequestedExecution(String id, Instant at, Instant cancelledAt) {}
