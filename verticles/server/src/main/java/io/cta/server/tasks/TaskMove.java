package io.cta.server.tasks;

import io.cta.domain.Task;
import io.cta.server.store.VersionedEntity;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts applied to a task in memory. Pure.
 *
 * @param next the task after them; the same instance as before when nothing changes
 * @param outcomes what each fact did
 */
public record TaskMove(
    VersionedEntity<Task> from, Task next, List<TaskFact> facts, List<TransitionOutcome> outcomes) {

  static TaskMove of(VersionedEntity<Task> from, List<TaskFact> facts) {
    List<TransitionOutcome> outcomes = new ArrayList<>(facts.size());
    Task task = from.value();
    for (TaskFact fact : facts) {
      TransitionOutcome outcome = TaskStateMachine.apply(task, fact);
      outcomes.add(outcome);
      if (outcome instanceof TransitionOutcome.Moved moved) {
        task = moved.task();
      }
    }
    return new TaskMove(from, task, facts, outcomes);
  }

  /** True when the changed task must be stored. */
  public boolean changes() {
    return next != from.value();
  }

  /** True when every fact moved the task. */
  boolean complete() {
    return outcomes.stream().allMatch(TransitionOutcome.Moved.class::isInstance);
  }
}
