package io.cta.cli.log;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.cta.domain.Task;
import java.time.Duration;

/**
 * Follows the output of a task: of the attempt that runs and of all that come after it, until the
 * task is over. Waits for a server that is away for a while.
 */
public final class LogFollower {
  private final ApiClient api;
  private final WaitClock clock;
  private final ServerRetryPolicy retryPolicy;

  public LogFollower(ApiClient api, WaitClock clock, ServerRetryPolicy retryPolicy) {
    this.api = api;
    this.clock = clock;
    this.retryPolicy = retryPolicy;
  }

  /** Returns once all attempts, from the current one on, have been passed to the sink. */
  public void attemptsFromNow(String taskId, AttemptLogReader.Sink sink) {
    AttemptLogReader logs = null;
    while (true) {
      Duration rest = ServerRetryPolicy.EVERY;
      try {
        Task task = task(api, taskId);
        retryPolicy.heard();
        logs = logs == null ? new AttemptLogReader(api, task.attempt(), sink) : logs;
        logs.read(task);
        retryPolicy.answered();
        if (logs.complete() && task.state().terminal()) {
          return;
        }
      } catch (ServerUnreachable e) {
        rest = retryPolicy.unanswered(e);
      }
      clock.restOrEnd(rest);
    }
  }

  /** Returns once that one attempt is over and has been passed to the sink. */
  public void attempt(String taskId, int attempt, AttemptLogReader.Sink sink) {
    LogTail tail = new LogTail(api, taskId, attempt);
    while (true) {
      Duration rest = ServerRetryPolicy.EVERY;
      try {
        tail.read(sink::piece);
        retryPolicy.answered();
        if (tail.complete()) {
          return;
        }
      } catch (ServerUnreachable e) {
        rest = retryPolicy.unanswered(e);
      }
      clock.restOrEnd(rest);
    }
  }

  public static Task task(ApiClient api, String id) {
    return AnswerReader.task(api.get("/api/v1/tasks/" + ApiClient.encode(id)));
  }
}
