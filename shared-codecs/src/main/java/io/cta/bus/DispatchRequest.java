package io.cta.bus;

/**
 * An execution that dispatch is to look at.
 *
 * @param cancel true when a cancel of it is in the store
 */
public record DispatchRequest(String executionId, boolean cancel) {}
