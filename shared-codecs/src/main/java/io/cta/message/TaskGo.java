package io.cta.message;

import java.time.Instant;

/**
 * The answer to {@link TaskAsked}: the attempt is still wanted.
 *
 * @param askedAt the question's, by which the agent tells how old the answer is
 */
public record TaskGo(String taskId, int attempt, String token, Instant askedAt) {}
