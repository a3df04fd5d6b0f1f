package io.cta.state;

import io.cta.domain.Task;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** A table of which fact does what in which phase; each row names every phase exactly once. */
final class TransitionTable {
  private final Map<Class<?>, Row<?>> rows = new HashMap<>();

  /** Begins the row of a fact; {@code verb} completes "a running task cannot be …". */
  <F extends TaskFact> Row<F> on(Class<F> fact, String verb) {
    Row<F> row = new Row<>(verb);
    rows.put(fact, row);
    return row;
  }

  /** This table; fails when it is incomplete. */
  TransitionTable checked() {
    for (Class<?> fact : TaskFact.class.getPermittedSubclasses()) {
      check(fact);
    }
    return this;
  }

  private void check(Class<?> fact) {
    if (fact.isInterface()) {
      for (Class<?> part : fact.getPermittedSubclasses()) {
        check(part);
      }
    } else if (!rows.containsKey(fact)
        || rows.get(fact).cells.size() != TaskPhase.values().length) {
      throw new IllegalStateException("incomplete rules for " + fact.getSimpleName());
    }
  }

  TransitionOutcome apply(Task task, TaskFact fact) {
    return rows.get(fact.getClass()).apply(task, fact);
  }

  String verb(TaskFact fact) {
    return rows.get(fact.getClass()).verb;
  }

  /** What one fact does, by phase. */
  static final class Row<F extends TaskFact> {
    private final Map<TaskPhase, BiFunction<Task, F, TransitionOutcome>> cells =
        new EnumMap<>(TaskPhase.class);
    private final String verb;

    private Row(String verb) {
      this.verb = verb;
    }

    Row<F> does(BiFunction<Task, F, TransitionOutcome> move, TaskPhase first, TaskPhase... more) {
      Set<TaskPhase> phases = EnumSet.of(first, more);
      for (TaskPhase phase : phases) {
        if (cells.put(phase, move) != null) {
          throw new IllegalStateException(verb + " twice for " + phase);
        }
      }
      return this;
    }

    Row<F> ignored(TaskPhase first, TaskPhase... more) {
      return does(
          (task, fact) ->
              new TransitionOutcome.Ignored("the task is already " + TaskPhase.wordOf(task)),
          first,
          more);
    }

    Row<F> refused(TaskPhase first, TaskPhase... more) {
      return does((task, fact) -> RefusalRules.phase(task, verb), first, more);
    }

    @SuppressWarnings("unchecked") // on() ties a row to its fact's class
    private TransitionOutcome apply(Task task, TaskFact fact) {
      return cells.get(TaskPhase.of(task)).apply(task, (F) fact);
    }
  }
}
