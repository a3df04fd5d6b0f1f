package io.cta.broker;

/**
 * Whether a broker works, and numbers about it.
 *
 * @param deadLettered messages moved to {@code cta.dead-letter} by this process
 */
public record BrokerHealth(boolean up, String detail, long deadLettered) {}
