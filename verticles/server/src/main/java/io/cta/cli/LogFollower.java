package io.cta.cli;

import io.cta.domain.Task;
import io.cta.json.Json;
import java.time.Duration;

/**
 * Follows the output of a task: of the attempt that runs and of all that come after it, until the
 * task is over. A server that is away for a while is waited for.
 */
final class LogFollower {
  private final Api api;
  private final WaitClock clock;
  private final Patience patience;

  LogFollower(Api api, WaitClock clock, Patience patience) {
    this.api = api;
    this.clock = clock;
    this.patience = patience;
  }

  /** Returns once all attempts, from the current one on, have been handed to the sink. */
  void attemptsFromNow(String taskId, AttemptLogs.Sink sink) {
    AttemptLogs logs = null;
    while (true) {
      Duration rest = Patience.EVERY;
      try {
        Task task = task(api, taskId);
        patience.heard();
        logs = logs == null ? new AttemptLogs(api, task.attempt(), sink) : logs;
        logs.read(task);
        patience.answered();
        if (logs.complete() && task.state().terminal()) {
          return;
        }
      } catch (Unreachable e) {
        rest = patience.unanswered(e);
      }
      clock.restOrEnd(rest);
    }
  }

  /** Returns once that one attempt is over and handed to the sink. */
  void attempt(String taskId, int attempt, AttemptLogs.Sink sink) {
    LogTail tail = new LogTail(api, taskId, attempt);
    while (true) {
      Duration rest = Patience.EVERY;
      try {
        tail.read(sink::piece);
        patience.answered();
        if (tail.complete()) {
          return;
        }
      } catch (Unreachable e) {
        rest = patience.unanswered(e);
      }
      clock.restOrEnd(rest);
    }
  }

  static Task task(Api api, String id) {
    return Json.fromObject(api.get("/api/v1/tasks/" + Api.encode(id)), Task.class);
  }
}
