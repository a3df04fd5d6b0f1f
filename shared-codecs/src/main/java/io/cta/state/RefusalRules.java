package io.cta.state;

import io.cta.domain.Task;

/** Who may speak of an attempt, and the texts for those who may not. */
final class RefusalRules {
  private RefusalRules() {}

  static TransitionOutcome phase(Task task, String verb) {
    return new TransitionOutcome.Refused(
        "task " + task.id() + " is " + TaskPhase.wordOf(task) + " and cannot be " + verb);
  }

  /** Why this fact is not of the task's current attempt, or null when it is. */
  static TransitionOutcome stranger(Task task, TaskFact fact, String verb) {
    if (fact instanceof TaskFact.AttemptFact of && of.attempt() != task.attempt()) {
      return stale(task, verb, "attempt " + of.attempt());
    }
    if (fact instanceof TaskFact.Withdrawn taken
        && task.token() != null
        && !task.token().equals(taken.token())) {
      return stale(task, verb, "another release of attempt " + taken.attempt());
    }
    if (fact instanceof TaskFact.AgentFact said) {
      if (task.token() == null || !task.token().equals(said.token())) {
        return stale(task, verb, "this token of attempt " + said.attempt());
      }
      if (task.machineId() != null && !task.machineId().equals(said.machineId())) {
        return stale(task, verb, "machine " + said.machineId());
      }
    }
    return null;
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
