package io.cta.bench.history;

import io.cta.domain.Attempt;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I3: attempts follow each other, each on one machine, each test of it once, and one counts. */
final class AttemptsCheck {
  private final ViolationCollector found = new ViolationCollector(ExecutionInvariant.I3);
  private final Map<String, Task> tasks = new HashMap<>();

  private AttemptsCheck() {}

  static List<InvariantViolation> of(RunHistory history) {
    AttemptsCheck check = new AttemptsCheck();
    for (StoredExecution storedExecution : history.kept()) {
      for (Task task : storedExecution.tasks()) {
        check.tasks.put(task.id(), task);
        check.attempts(task);
        storedExecution.statusesOf(task).forEach(status -> check.status(task, status));
      }
    }
    check.runs(history);
    return check.found.all();
  }

  private void attempts(Task task) {
    int before = 0;
    for (Attempt a : task.attempts()) {
      found.unless(
          a.number() > before, task.id(), "has attempt " + a.number() + " after attempt " + before);
      before = a.number();
    }
    found.unless(
        task.attempts().isEmpty() || before == task.attempt(),
        task.id(),
        "is on attempt " + task.attempt() + ", the last that is over is " + before);
    long infra = task.attempts().stream().filter(Attempt::infra).count();
    long own = task.attempts().size() - infra;
    found.unless(own <= 1 + task.retries(), task.id(), "has " + own + " effective attempts");
    found.unless(infra <= 1 + task.infraRetries(), task.id(), "was broken " + infra + " times");
  }

  private void status(Task task, Status status) {
    found.unless(
        status.attempt() <= task.attempt(),
        status.id(),
        "is of an attempt that the task never had");
    if (status.source() == StatusSource.SERVER) {
      return;
    }
    for (Attempt a : task.attempts()) {
      if (a.number() == status.attempt() && a.machineId() != null) {
        found.unless(
            a.machineId().equals(status.machineId()),
            status.id(),
            "comes from machine " + status.machineId() + ", the attempt was on " + a.machineId());
      }
    }
  }

  /**
   * Allows that two machines ran the same attempt if one was refused: a queue that many machines
   * read gives an attempt to a second machine when the first falls silent.
   */
  private void runs(RunHistory history) {
    Map<String, String> machines = new HashMap<>();
    Set<String> begun = new HashSet<>();
    for (ProcessTrace processTrace : history.traces()) {
      Task task = tasks.get(processTrace.taskId());
      if (task == null) {
        found.breach(processTrace.taskId(), "was run, and is not there");
        continue;
      }
      found.unless(
          processTrace.attempt() <= task.attempt(),
          processTrace.run(),
          "was run, and the task never had it");
      found.unless(
          processTrace.machine() == null || begun.add(processTrace.on()),
          processTrace.run(),
          "began " + processTrace.test() + " twice on " + processTrace.machine());
      String other =
          processTrace.machine() == null
              ? null
              : machines.putIfAbsent(processTrace.run(), processTrace.machine());
      boolean two = other != null && !other.equals(processTrace.machine());
      found.unless(
          !two || history.refused().contains(processTrace.run()),
          processTrace.run(),
          "was run on "
              + processTrace.machine()
              + " and on "
              + other
              + ", and neither was refused");
    }
  }
}
