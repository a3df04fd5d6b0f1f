package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.util.regex.Pattern;

/**
 * Names one release of one attempt of a task: agents repeat it in everything that they report, and
 * a command that is sent again has the same.
 *
 * @param token fencing token of the release
 */
public record AttemptRef(String taskId, int attempt, String token) {
  private static final Pattern SAFE_IN_FILE_NAMES =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  /** The task's current attempt. */
  public static AttemptRef of(Task task) {
    return new AttemptRef(task.id(), task.attempt(), task.token());
  }

  /** Returns itself; throws INVALID when a part is missing or no file can be named after it. */
  public AttemptRef checked() {
    if (taskId == null || !SAFE_IN_FILE_NAMES.matcher(taskId).matches()) {
      throw ServiceFailure.invalid("taskId", "must be letters, digits, _ or -");
    }
    if (token == null || token.isBlank()) {
      throw ServiceFailure.invalid("token", "is required");
    }
    if (attempt < 1) {
      throw ServiceFailure.invalid("attempt", "must be 1 or more");
    }
    return this;
  }

  /** The name of the attempt's directories; throws INVALID when that would be no safe name. */
  public String fileName() {
    return checked().toString();
  }

  /** True when both are the same attempt, perhaps of different releases. */
  public boolean sameAttempt(AttemptRef other) {
    return taskId.equals(other.taskId) && attempt == other.attempt;
  }

  /** For logs: without the token. */
  @Override
  public String toString() {
    return taskId + "." + attempt;
  }
}
