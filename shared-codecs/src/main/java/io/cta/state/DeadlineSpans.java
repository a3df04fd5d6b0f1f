package io.cta.state;

import io.cta.domain.Task;
import java.time.Duration;

/**
 * How long a task may stay in its phase, from the task alone: whoever sees the task change counts
 * this span by its own clock, whatever the writer's clock says. Pure; safe from any thread.
 */
public final class DeadlineSpans {
  private DeadlineSpans() {}

  /** The span; null when it has no limit. */
  public static Duration of(Task task) {
    if (task.deadline() == null) {
      return null;
    }
    return switch (TaskPhase.of(task)) {
      case WAITING, RELEASED -> task.pending();
      case ACKED -> task.running().plus(AttemptStartRules.FETCH);
      case RUNNING -> task.running().plus(AttemptStartRules.GRACE);
      case CANCELLING -> cancelSpan(task);
      case ENDED -> AttemptEndRules.STATUS_WAIT;
      case OVER -> null;
    };
  }

  /** True when an agent has the task and ends it by itself when its running time is over. */
  public static boolean keptByAgent(Task task) {
    return switch (TaskPhase.of(task)) {
      case ACKED, RUNNING -> true;
      case WAITING, RELEASED, CANCELLING, ENDED, OVER -> false;
    };
  }

  /** Both times were written together, so they are from one clock. */
  private static Duration cancelSpan(Task task) {
    Duration given = Duration.between(task.cancelRequestedAt(), task.deadline());
    return given.isNegative() ? Duration.ZERO : given;
  }
}
