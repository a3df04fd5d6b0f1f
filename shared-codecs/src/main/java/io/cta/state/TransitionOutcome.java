package io.cta.state;

import io.cta.domain.Task;

/** What a fact did to a task. */
public sealed interface TransitionOutcome {
  /** The task as it now is. */
  record Moved(Task task) implements TransitionOutcome {}

  /** Nothing new: a repetition, or too late to matter. */
  record Ignored(String why) implements TransitionOutcome {}

  /** Not about the task's current attempt, or not possible: an agent that reported it must stop. */
  record Refused(String why) implements TransitionOutcome {}
}
