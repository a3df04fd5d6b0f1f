package io.cta.agent.journal;

import io.cta.error.ServiceFailure;
import io.cta.message.TaskRun;
import java.util.regex.Pattern;

/** Identifies an attempt: a repeated command has the same key. */
public record AttemptKey(String taskId, int attempt, String token) {
  // task ids become names of files
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  public AttemptKey {
    if (taskId == null || !SAFE.matcher(taskId).matches()) {
      throw ServiceFailure.invalid("taskId", "must be letters, digits, _ or -");
    }
    if (token == null || token.isBlank()) {
      throw ServiceFailure.invalid("token", "is required");
    }
    if (attempt < 1) {
      throw ServiceFailure.invalid("attempt", "must be 1 or more");
    }
  }

  public static AttemptKey of(TaskRun run) {
    return new AttemptKey(run.taskId(), run.attempt(), run.token());
  }

  /** The name of its directories. */
  public String dir() {
    return taskId + "." + attempt;
  }

  /** For logs: without the token. */
  @Override
  public String toString() {
    return dir();
  }
}
