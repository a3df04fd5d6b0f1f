package io.cta.message;

import java.time.Instant;

/**
 * The answer to {@link TaskStartRequested}: the attempt is still wanted.
 *
 * @param askedAt copied from the request, so that the agent can tell how old the answer is
 */
public record TaskStartConfirmed(String taskId, int attempt, String token, Instant askedAt) {}
