package io.cta.message;

/** The answer to an agent that asked whether an attempt is still wanted: it is, now. */
public record TaskGo(String taskId, int attempt, String token) {}
