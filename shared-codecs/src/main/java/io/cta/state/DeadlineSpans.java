package io.cta.state;

import io.cta.domain.Task;
import java.time.Duration;

/**
 * How long a task may stay as it is, told by the task alone: whoever sees it change counts this
 * from then on by a clock of its own, whatever the clock of the writer. Pure; any thread.
 */
public final class DeadlineSpans {
  private DeadlineSpans() {}

  /** Null when it may stay so for ever. */
  public static Duration of(Task task) {
    if (task.deadline() == null) {
      return null;
    }
    return switch (TaskPhase.of(task)) {
      case WAITING, RELEASED -> task.pending();
      case ACKED -> task.running().plus(AttemptStartRules.FETCH);
      case RUNNING -> task.running().plus(AttemptStartRules.GRACE);
      case CANCELLING -> toObey(task);
      case ENDED -> AttemptEndRules.STATUSES;
      case OVER -> null;
    };
  }

  /** True when an agent has it, which ends it by itself when its running time is over. */
  public static boolean keptByAgent(Task task) {
    return switch (TaskPhase.of(task)) {
      case ACKED, RUNNING -> true;
      case WAITING, RELEASED, CANCELLING, ENDED, OVER -> false;
    };
  }

  /** Both times were written at once, so they are of one clock. */
  private static Duration toObey(Task task) {
    Duration given = Duration.between(task.cancelRequestedAt(), task.deadline());
    return given.isNegative() ? Duration.ZERO : given;
  }
}
