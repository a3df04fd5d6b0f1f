package io.cta.bench.history;

import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** I5: a cancel ends all processes in time, or the server names the machine that did not obey. */
final class StopsCheck {
  static final Duration OBEY = Duration.ofSeconds(10);

  /** How long counting and storing the end may take after the processes are gone. */
  static final Duration GRACE = Duration.ofSeconds(60);

  private static final String DISOBEYED = "machineDidNotObey";

  private final ViolationCollector found = new ViolationCollector(ExecutionInvariant.I5);
  private final RunHistory history;
  private final ClockCorrection times;
  private final Map<String, StoredExecution> kept = new HashMap<>();
  private final Map<String, Task> tasks = new HashMap<>();

  private StopsCheck(RunHistory history) {
    this.history = history;
    times = new ClockCorrection(history);
    for (StoredExecution one : history.kept()) {
      kept.put(one.id(), one);
      one.tasks().forEach(task -> tasks.put(task.id(), task));
    }
  }

  static List<InvariantViolation> of(RunHistory history) {
    StopsCheck check = new StopsCheck(history);
    history.asked().stream().filter(a -> a.cancelledAt() != null).forEach(check::cancelled);
    history.leftovers().forEach(check::leftover);
    history.traces().forEach(check::begun);
    return check.found.all();
  }

  private void cancelled(RequestedExecution requestedExecution) {
    StoredExecution one = kept.get(requestedExecution.id());
    if (one == null || one.execution().finishedAt() == null) {
      return; // EndsCheck reports it
    }
    Execution e = one.execution();
    found.unless(
        e.cancelRequestedAt() != null
            || !times.earliest(e.finishedAt()).isAfter(requestedExecution.cancelledAt()),
        e.id(),
        "its cancel was answered at " + requestedExecution.cancelledAt() + " and is not kept");
    Instant limit = limit(one, requestedExecution.cancelledAt());
    for (Task task : one.tasks()) {
      Instant ended = task.finishedAt() == null ? null : times.earliest(task.finishedAt());
      if (ended != null && ended.isAfter(limit.plus(GRACE))) {
        found.breach(task.id(), "ended at " + ended + ", the limit was " + limit);
      }
      boolean late = ended != null && ended.isAfter(limit);
      found.unless(
          !late || task.state() == State.CANCELLED,
          task.id(),
          "is " + task.state().wire() + " though it was cancelled long before its end");
    }
  }

  private void leftover(LeftoverProcess left) {
    StoredExecution one = kept.get(ProcessTrace.executionOf(left.taskId()));
    if (one == null || obeyedNot(left.taskId())) {
      return;
    }
    Instant from = over(one);
    if (from != null && left.seenAt().isAfter(limit(one, from))) {
      found.breach(
          left.taskId() + "." + left.attempt(),
          "process " + left.pid() + " was there at " + left.seenAt() + ", it was over at " + from);
    }
  }

  private void begun(ProcessTrace processTrace) {
    StoredExecution one = kept.get(processTrace.executionId());
    Instant from = one == null ? null : over(one);
    if (from == null || obeyedNot(processTrace.taskId())) {
      return;
    }
    if (processTrace.begunAt().isAfter(limit(one, from))) {
      found.breach(
          processTrace.run(),
          "began " + processTrace.test() + " at " + processTrace.begunAt() + ", over at " + from);
    }
  }

  /**
   * Returns the time after which nothing of the execution may run: its cancel, or else its end. The
   * end has the highest stamp of its tasks, which need not be the last when a clock was ahead.
   */
  private Instant over(StoredExecution stored) {
    Execution e = stored.execution();
    if (e.cancelRequestedAt() != null || e.finishedAt() == null) {
      return e.cancelRequestedAt() == null ? null : times.latest(e.cancelRequestedAt());
    }
    return Stream.concat(Stream.of(e.finishedAt()), stored.tasks().stream().map(Task::finishedAt))
        .filter(Objects::nonNull)
        .map(times::latest)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private boolean obeyedNot(String taskId) {
    Task task = tasks.get(taskId);
    return task != null && DISOBEYED.equals(task.reason()) && task.machineId() != null;
  }

  /** Returns the time limit of the processes: stop time and ten seconds, not counting outages. */
  private Instant limit(StoredExecution stored, Instant from) {
    Duration stop =
        stored.snapshot().tests().stream()
            .flatMap(test -> test.stages().stream())
            .map(stage -> stage.stopTimeout().duration())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return OutagePeriod.after(history.outages(), from, stop.plus(OBEY));
  }
}
