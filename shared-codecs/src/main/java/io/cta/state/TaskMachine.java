package io.cta.state;

import io.cta.domain.Task;

/** The life of a task: which facts move it where. Pure; safe from any thread. */
public final class TaskMachine {
  private TaskMachine() {}

  /** Applies one fact. Facts may come late, twice or in any order; the answer says what held. */
  public static Step apply(Task task, TaskFact fact) {
    return new Step.Ignored("no rule");
  }
}
