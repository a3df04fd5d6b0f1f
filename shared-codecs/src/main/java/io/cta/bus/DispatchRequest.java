package io.cta.bus;

/**
 * Asks dispatch to look at an execution.
 *
 * @param cancel true when the execution's cancel is in the store
 */
public record DispatchRequest(String executionId, boolean cancel) {}
