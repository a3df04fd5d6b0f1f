package io.cta.state;

import io.cta.domain.Attempt;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Computes an execution's state, result and counts from its tasks. Pure; the order of the tasks
 * does not matter.
 */
public final class ExecutionFold {
  /** How long tasks may take to enforce the running time themselves before the sweep looks. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private ExecutionFold() {}

  /**
   * The execution updated from its tasks; the same instance when they change nothing. A terminal
   * execution stays terminal: only its counts and result follow tasks that were counted again.
   *
   * @param tasks all tasks of the execution that are known, each once
   */
  public static Execution fold(Execution execution, Collection<Task> tasks) {
    List<Task> all = tasks.stream().sorted(Comparator.comparing(Task::ordinal)).toList();
    long done = all.stream().filter(t -> t.state().terminal()).count();
    boolean over = execution.planned() && all.size() >= execution.taskCount() && done == all.size();
    if (execution.state().terminal()) {
      return over && !all.isEmpty() ? corrected(execution, all) : execution;
    }
    State state = over ? ended(all) : underWay(all);
    Result result = over ? result(all) : null;
    Instant startedAt = begun(all).min(Comparator.naturalOrder()).orElse(null);
    return unlessEqual(
        execution,
        ExecutionBuilder.builder(execution)
            .state(state)
            .result(result)
            .reason(
                over && execution.reason() == null
                    ? reason(all, state, result)
                    : execution.reason())
            .message(
                over && execution.reason() == null
                    ? message(all, state, result)
                    : execution.message())
            .waitReason(over ? null : first(all, Task::waitReason))
            .startedAt(startedAt)
            .finishedAt(over ? finishedAt(all, execution) : null)
            .afterDue(over && !execution.after().isEmpty() ? finishedAt(all, execution) : null)
            .deadline(deadline(execution, over, startedAt))
            .tasksDone((int) done)
            .counts(counts(all))
            .build());
  }

  private static Execution corrected(Execution e, List<Task> tasks) {
    Result result = result(tasks);
    boolean fine = e.state() == State.FINISHED && result == Result.OK;
    return unlessEqual(
        e,
        ExecutionBuilder.builder(e)
            .result(result)
            .reason(fine ? null : e.reason())
            .message(fine ? null : e.message())
            .counts(counts(tasks))
            .build());
  }

  private static Execution unlessEqual(Execution before, Execution next) {
    return next.equals(before) ? before : next;
  }

  private static ResultCounts counts(List<Task> tasks) {
    return tasks.stream().map(Task::counts).reduce(ResultCounts.NONE, ResultCounts::plus);
  }

  private static State ended(List<Task> tasks) {
    if (tasks.stream().anyMatch(t -> t.state() == State.CANCELLED)) {
      return State.CANCELLED;
    }
    boolean late = tasks.stream().anyMatch(t -> t.state() == State.TIMEOUT);
    return late ? State.TIMEOUT : State.FINISHED;
  }

  private static State underWay(List<Task> tasks) {
    if (begun(tasks).findAny().isPresent()) {
      return State.RUNNING;
    }
    boolean taken =
        tasks.stream()
            .anyMatch(t -> t.ackedAt() != null && !t.state().terminal() || !t.attempts().isEmpty());
    return taken ? State.ACKED : State.PENDING;
  }

  private static Result result(List<Task> tasks) {
    Result worst = tasks.stream().map(Task::result).reduce(null, ResultSeverity::worst);
    return worst == null ? Result.INCONCLUSIVE : worst;
  }

  private static String reason(List<Task> tasks, State state, Result result) {
    return decisive(tasks, state, result).map(Task::reason).findFirst().orElse(null);
  }

  private static String message(List<Task> tasks, State state, Result result) {
    return decisive(tasks, state, result).findFirst().map(Task::message).orElse(null);
  }

  /** The tasks that ended as the execution did and have a reason. */
  private static Stream<Task> decisive(List<Task> tasks, State state, Result result) {
    if (state == State.FINISHED && result == Result.OK) {
      return Stream.empty();
    }
    return tasks.stream()
        .filter(t -> t.state() == state && (state != State.FINISHED || t.result() == result))
        .filter(t -> t.reason() != null);
  }

  private static Stream<Instant> begun(List<Task> tasks) {
    return tasks.stream()
        .flatMap(
            t ->
                Stream.concat(
                    Stream.of(t).map(Task::startedAt),
                    t.attempts().stream().map(Attempt::startedAt)))
        .filter(Objects::nonNull);
  }

  private static Instant finishedAt(List<Task> tasks, Execution execution) {
    return tasks.stream()
        .map(Task::finishedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(execution.requestedAt());
  }

  /** Set once, when the execution starts: the sweep may move it later. */
  private static Instant deadline(Execution execution, boolean over, Instant startedAt) {
    if (over) {
      return null;
    }
    if (execution.startedAt() != null || startedAt == null || execution.running() == null) {
      return execution.deadline();
    }
    return startedAt.plus(execution.running()).plus(GRACE);
  }

  private static <T> T first(List<Task> tasks, Function<Task, T> what) {
    return tasks.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
