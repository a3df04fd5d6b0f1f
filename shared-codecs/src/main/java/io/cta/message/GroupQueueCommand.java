package io.cta.message;

/**
 * The command to start, or to stop, taking tasks from an execution's group queue while a slot is
 * free.
 */
public record GroupQueueCommand(String executionId, String queue) {}
