package io.cta.message;

/** The command to take tasks of an execution's group queue while a slot is free, or no longer. */
public record GroupQueueCommand(String executionId, String queue) {}
