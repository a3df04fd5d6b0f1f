package io.cta.bench.history;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;

/** What the attempts of a task have been. */
final class EffectiveAttempt {
  private EffectiveAttempt() {}

  /** The last attempt when the agent brought it to its end, and so the one that counts; or null. */
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
