package io.cta.bus;

/** Names an execution. */
public record ExecutionRef(String executionId) {}
