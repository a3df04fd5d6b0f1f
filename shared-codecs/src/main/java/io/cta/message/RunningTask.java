package io.cta.message;

/** A task attempt that an agent's journal holds: not ended, or its end not yet confirmed. */
public record RunningTask(String taskId, int attempt, String token) {}
