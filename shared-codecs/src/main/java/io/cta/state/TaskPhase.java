package io.cta.state;

import io.cta.domain.State;
import io.cta.domain.Task;

/** The phase of a task, finer than its {@link State}. */
public enum TaskPhase {
  /** Pending, on no queue. */
  WAITING("waiting"),

  /** Pending, on a queue, in no agent's journal yet. */
  RELEASED("released"),

  ACKED("acked"),

  RUNNING("running"),

  /** Acked or running, and its agent has been told to end it. */
  CANCELLING("cancelling"),

  /** The attempt is over, but its statuses have not all arrived. */
  ENDED("ended"),

  /** Terminal. */
  OVER("terminal");

  private final String word;

  TaskPhase(String word) {
    this.word = word;
  }

  public static TaskPhase of(Task task) {
    if (task.state().terminal()) {
      return OVER;
    }
    if (task.endState() != null) {
      return ENDED;
    }
    if (task.state() == State.PENDING) {
      return task.releasedAt() == null ? WAITING : RELEASED;
    }
    if (task.cancelRequestedAt() != null) {
      return CANCELLING;
    }
    return task.state() == State.ACKED ? ACKED : RUNNING;
  }

  /** The phase's name for people; for a terminal task its state. */
  static String wordOf(Task task) {
    TaskPhase phase = of(task);
    return phase == OVER ? task.state().wire() : phase.word;
  }
}
