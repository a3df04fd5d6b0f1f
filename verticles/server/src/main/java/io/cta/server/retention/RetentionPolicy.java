package io.cta.server.retention;

import java.time.Duration;

/**
 * What is kept of finished executions that are not pinned.
 *
 * @param age since their end
 * @param executions how many, the newest
 */
public record RetentionPolicy(Duration age, long executions) {}
