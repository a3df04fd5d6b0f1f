package io.cta.server.retention;

import java.time.Duration;

/**
 * How long finished executions that are not pinned are kept.
 *
 * @param age most time since their end
 * @param executions most of them; the newest are kept
 */
public record RetentionPolicy(Duration age, long executions) {}
