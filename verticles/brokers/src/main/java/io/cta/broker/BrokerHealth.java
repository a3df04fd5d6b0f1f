package io.cta.broker;

/**
 * How a broker is.
 *
 * @param deadLettered messages moved to {@code cta.dead-letter} by this process
 */
public record BrokerHealth(boolean up, String detail, long deadLettered) {}
