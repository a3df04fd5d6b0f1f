package io.cta.message;

import java.time.Instant;

/**
 * The answer to {@link TaskStartRequested}: the attempt is still wanted.
 *
 * @param askedAt the question's, by which the agent tells how old the answer is
 */
public record TaskStartConfirmed(String taskId, int attempt, String token, Instant askedAt) {}
