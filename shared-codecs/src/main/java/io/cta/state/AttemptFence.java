package io.cta.state;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;

/**
 * Decides whether an agent speaks of a task's current attempt. An attempt is current by its number,
 * the token of its release and the machine that has taken it. Pure.
 */
public final class AttemptFence {
  /** What an agent speaks of. */
  public enum Verdict {
    CURRENT,
    OTHER_ATTEMPT,
    /** Another release of the attempt, or an attempt that was taken from its agent. */
    OTHER_RELEASE,
    OTHER_MACHINE
  }

  private AttemptFence() {}

  /**
   * @param said the attempt of this task that the agent speaks of
   * @param machineId of the agent
   */
  public static Verdict judge(Task task, AttemptRef said, String machineId) {
    if (said.attempt() != task.attempt()) {
      return Verdict.OTHER_ATTEMPT;
    }
    if (task.token() == null || !task.token().equals(said.token())) {
      return Verdict.OTHER_RELEASE;
    }
    return task.machineId() == null || task.machineId().equals(machineId)
        ? Verdict.CURRENT
        : Verdict.OTHER_MACHINE;
  }

  public static boolean isCurrent(Task task, AttemptRef said, String machineId) {
    return judge(task, said, machineId) == Verdict.CURRENT;
  }

  /** True when the attempt was taken from its agent, and its end is being counted. */
  public static boolean isTakenAway(Task task) {
    return task.token() == null && TaskPhase.of(task) == TaskPhase.ENDED;
  }
}
