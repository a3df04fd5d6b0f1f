package io.cta.bench.history;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** I1: an execution that was answered is stored once, and has ended completely and in time. */
final class EndsCheck {
  static final Duration GRACE = Duration.ofSeconds(60);

  private final ViolationCollector found = new ViolationCollector(ExecutionInvariant.I1);
  private final RunHistory history;
  private final ClockCorrection times;

  private EndsCheck(RunHistory history) {
    this.history = history;
    times = new ClockCorrection(history);
  }

  static List<InvariantViolation> of(RunHistory history) {
    EndsCheck check = new EndsCheck(history);
    check.everyAnswerIsKept();
    history.kept().forEach(check::end);
    return check.found.all();
  }

  private void everyAnswerIsKept() {
    Map<String, Long> kept =
        history.kept().stream()
            .collect(Collectors.groupingBy(StoredExecution::id, Collectors.counting()));
    Set<String> asked = new HashSet<>();
    for (RequestedExecution one : history.asked()) {
      asked.add(one.id());
      found.unless(kept.containsKey(one.id()), one.id(), "was answered 202 and is not there");
    }
    kept.forEach(
        (id, times) -> {
          found.unless(asked.contains(id), id, "is there and nobody asked for it");
          found.unless(times == 1, id, "is there " + times + " times");
        });
  }

  private void end(StoredExecution storedExecution) {
    Execution e = storedExecution.execution();
    Instant limit = limit(storedExecution);
    if (!e.state().terminal()) {
      String late = history.readAt().isAfter(limit) ? ", though its time was over at " + limit : "";
      found.breach(e.id(), "is still " + e.state().wire() + late);
      return;
    }
    found.unless(e.result() != null, e.id(), "has ended without a result");
    found.unless(e.finishedAt() != null, e.id(), "has ended and does not say when");
    if (e.finishedAt() != null && times.earliest(e.finishedAt()).isAfter(limit)) {
      found.breach(e.id(), "ended at " + e.finishedAt() + ", its time was over at " + limit);
    }
    whole(storedExecution);
  }

  private void whole(StoredExecution storedExecution) {
    Execution e = storedExecution.execution();
    found.unless(
        e.taskCount() == storedExecution.tasks().size(),
        e.id(),
        "says it has " + e.taskCount() + " tasks and has " + storedExecution.tasks().size());
    found.unless(
        e.tasksDone() == storedExecution.tasks().size(),
        e.id(),
        "has ended with "
            + e.tasksDone()
            + " of "
            + storedExecution.tasks().size()
            + " tasks done");
    Map<String, Task> unique =
        storedExecution.tasks().stream()
            .collect(Collectors.toMap(Task::id, Function.identity(), (a, b) -> a));
    found.unless(unique.size() == storedExecution.tasks().size(), e.id(), "has a task twice");
    for (Task task : storedExecution.tasks()) {
      found.unless(task.state().terminal(), task.id(), "is " + task.state().wire() + " for ever");
    }
    State state = state(storedExecution.tasks());
    found.unless(
        e.state() == state, e.id(), "is " + e.state().wire() + ", its tasks say " + state.wire());
  }

  private static State state(List<Task> tasks) {
    if (tasks.stream().anyMatch(t -> t.state() == State.CANCELLED)) {
      return State.CANCELLED;
    }
    return tasks.stream().anyMatch(t -> t.state() == State.TIMEOUT)
        ? State.TIMEOUT
        : State.FINISHED;
  }

  private Instant limit(StoredExecution stored) {
    Execution e = stored.execution();
    ExecutionTimeouts timeouts = stored.snapshot().scenario().timeouts();
    return times
        .latest(e.requestedAt())
        .plus(timeouts.pending().duration())
        .plus(timeouts.running().duration())
        .plus(GRACE);
  }
}
