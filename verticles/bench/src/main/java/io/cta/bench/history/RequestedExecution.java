package io.cta.bench.history;

import java.time.Instant;

/**
 * An execution that was answered 202.
 *
 * @param cancelledAt when its cancel was answered, null when none was asked for
 */
public record RequestedExecution(String id, Instant at, Instant cancelledAt) {}
