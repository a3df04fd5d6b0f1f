package io.cta.agent.run;

import io.cta.agent.report.Text;
import io.cta.domain.State;
import io.cta.message.TaskEnded;
import io.cta.message.TaskRun;

/** How an attempt ends. */
public record Ending(State state, boolean infra, String reason, String message) {
  private static final int MAX_MESSAGE = 2_000;

  static Ending finished() {
    return new Ending(State.FINISHED, false, null, null);
  }

  /** The infrastructure broke, not the test. */
  public static Ending broken(String reason, String message) {
    return new Ending(State.FINISHED, true, reason, message);
  }

  /** What was asked for cannot be done, here or on another machine. */
  static Ending wrong(String reason, String message) {
    return new Ending(State.FINISHED, false, reason, message);
  }

  static Ending of(Stop.Wish wish) {
    return switch (wish.why()) {
      case CANCELLED, STALE -> new Ending(State.CANCELLED, false, wish.reason(), null);
      case TIMEOUT -> new Ending(State.TIMEOUT, false, wish.reason(), null);
      case LEAVING -> broken("agentLeft", "the agent was told to leave at once");
    };
  }

  public TaskEnded of(TaskRun run, String machineId, int statuses, Long durationMs) {
    return new TaskEnded(
        run.executionId(),
        run.taskId(),
        run.attempt(),
        run.token(),
        machineId,
        state,
        statuses,
        infra,
        reason,
        Text.bounded(message, MAX_MESSAGE),
        durationMs);
  }
}
