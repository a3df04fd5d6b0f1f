package io.cta.bench.history;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;

/** Finds the attempt of a task that counts. */
final class EffectiveAttempt {
  private EffectiveAttempt() {}

  /** Returns the last attempt if an agent has finished it, so that it counts; else null. */
  static Attempt whole(Task task) {
    if (task.attempts().isEmpty()) {
      return null;
    }
    Attempt last = task.attempts().get(task.attempts().size() - 1);
    return !last.infra() && last.state() == State.FINISHED ? last : null;
  }

  static boolean isWhole(Task task, int attempt) {
    Attempt whole = whole(task);
    return whole != null && whole.number() == attempt;
  }
}
