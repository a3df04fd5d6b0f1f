package io.cta.message;

import io.cta.domain.AttemptRef;

/**
 * The command to end an attempt: stop scripts, TERM, KILL. An agent that does not know the attempt
 * ignores it.
 *
 * @param stale true when this is no longer the task's current attempt: its events are not wanted
 * @param timeout true when the end is a timeout, false when it is a cancel
 */
public record TaskCancel(
    String taskId, int attempt, String token, boolean stale, boolean timeout, String reason) {
  public static TaskCancel of(AttemptRef ref, boolean stale, boolean timeout, String reason) {
    return new TaskCancel(ref.taskId(), ref.attempt(), ref.token(), stale, timeout, reason);
  }

  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
