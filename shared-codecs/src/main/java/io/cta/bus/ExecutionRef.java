package io.cta.bus;

/** An execution to look at. */
public record ExecutionRef(String executionId) {}
