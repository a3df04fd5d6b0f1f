package io.cta.state;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;

/** Refuses facts that are not about a task's current attempt, and words the refusals. */
final class RefusalRules {
  private RefusalRules() {}

  static TransitionOutcome phase(Task task, String verb) {
    return new TransitionOutcome.Refused(
        "task " + task.id() + " is " + TaskPhase.wordOf(task) + " and cannot be " + verb);
  }

  /** Refuses a fact that is not about the task's current attempt; null when it is. */
  static TransitionOutcome refusal(Task task, TaskFact fact, String verb) {
    if (fact instanceof TaskFact.AgentFact reported) {
      return refusal(task, reported, verb);
    }
    if (fact instanceof TaskFact.AttemptFact about && about.attempt() != task.attempt()) {
      return stale(task, verb, "attempt " + about.attempt());
    }
    if (fact instanceof TaskFact.Withdrawn withdrawn
        && task.token() != null
        && !task.token().equals(withdrawn.token())) {
      return stale(task, verb, "another release of attempt " + withdrawn.attempt());
    }
    return null;
  }

  private static TransitionOutcome refusal(Task task, TaskFact.AgentFact fact, String verb) {
    AttemptRef said = new AttemptRef(task.id(), fact.attempt(), fact.token());
    return switch (AttemptFence.judge(task, said, fact.machineId())) {
      case CURRENT -> null;
      case OTHER_ATTEMPT -> stale(task, verb, "attempt " + fact.attempt());
      case OTHER_RELEASE -> stale(task, verb, "this token of attempt " + fact.attempt());
      case OTHER_MACHINE -> stale(task, verb, "machine " + fact.machineId());
    };
  }

  private static TransitionOutcome stale(Task task, String verb, String who) {
    return new TransitionOutcome.Refused(
        "task "
            + task.id()
            + " is "
            + TaskPhase.wordOf(task)
            + " in attempt "
            + task.attempt()
            + " and cannot be "
            + verb
            + " by "
            + who);
  }
}
