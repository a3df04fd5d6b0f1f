package io.cta.message;

import io.cta.domain.AttemptRef;
import java.time.Instant;

/**
 * The answer to {@link TaskStartRequested}: the attempt is still wanted.
 *
 * @param askedAt copied from the request, so that the agent can tell how old the answer is
 */
public record TaskStartConfirmed(String taskId, int attempt, String token, Instant askedAt) {
  public static TaskStartConfirmed of(AttemptRef ref, Instant askedAt) {
    return new TaskStartConfirmed(ref.taskId(), ref.attempt(), ref.token(), askedAt);
  }

  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
