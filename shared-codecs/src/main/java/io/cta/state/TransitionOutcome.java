package io.cta.state;

import io.cta.domain.Task;

/** What a fact did to a task. */
public sealed interface TransitionOutcome {
  /** The task as it now is. */
  record Moved(Task task) implements TransitionOutcome {}

  /** Nothing new: a repetition, or too late to matter. */
  record Ignored(String why) implements TransitionOutcome {}

  /** Not of this task's current attempt, or not possible: the agent that said it must stop. */
  record Refused(String why) implements TransitionOutcome {}
}
