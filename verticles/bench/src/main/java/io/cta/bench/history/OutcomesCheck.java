package io.cta.bench.history;

import io.cta.domain.Attempt;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.domain.Test;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** I4: every test has a result, and it is that of its process. */
final class OutcomesCheck {
  private final ViolationCollector found = new ViolationCollector(ExecutionInvariant.I4);
  private final Map<String, ProcessTrace> traces;

  private OutcomesCheck(RunHistory history) {
    traces =
        history.traces().stream()
            .collect(
                Collectors.toMap(
                    ProcessTrace::on, Function.identity(), (a, b) -> a.exit() == null ? b : a));
  }

  static List<InvariantViolation> of(RunHistory history) {
    OutcomesCheck check = new OutcomesCheck(history);
    history.kept().stream()
        .filter(storedExecution -> storedExecution.execution().state().terminal())
        .forEach(check::execution);
    return check.found.all();
  }

  private void execution(StoredExecution storedExecution) {
    Execution e = storedExecution.execution();
    Set<String> shared = new HashSet<>();
    List<List<Status>> all = new ArrayList<>();
    for (Task task : storedExecution.tasks()) {
      shared.addAll(task.testIds());
      Map<String, List<Status>> effective =
          EffectiveStatuses.of(task, storedExecution.statusesOf(task));
      effective.forEach((test, statuses) -> test(task, test, statuses));
      all.addAll(effective.values());
      result(task, EffectiveStatuses.worst(effective.values()));
      triedAgain(task);
    }
    for (Test test : storedExecution.snapshot().tests()) {
      found.unless(shared.contains(test.id()), e.id(), "no task has the test " + test.id());
    }
    // a task with a floor has a result that its statuses do not explain
    boolean plain = storedExecution.tasks().stream().allMatch(t -> t.floor() == null && !broken(t));
    Result worst = EffectiveStatuses.worst(all);
    found.unless(
        !plain || e.result() == worst,
        e.id(),
        "is " + wire(e.result()) + ", its statuses say " + worst.wire());
  }

  private void result(Task task, Result worst) {
    if (broken(task)) {
      found.unless(task.result() != Result.OK, task.id(), "is ok, and its last attempt broke");
    }
    found.unless(
        task.floor() != null
            || task.result() == worst
            || broken(task) && worst == Result.OK && task.result() == Result.INCONCLUSIVE,
        task.id(),
        "is " + wire(task.result()) + ", its statuses say " + worst.wire());
  }

  private void test(Task task, String test, List<Status> statuses) {
    found.unless(!statuses.isEmpty(), task.id(), "the test " + test + " has no status");
    for (Status status : statuses) {
      String run = task.id() + "." + status.attempt();
      ProcessTrace processTrace =
          traces.get(run + " " + status.testName() + " " + status.machineName());
      status(task, status, processTrace == null ? null : processTrace.exit());
    }
  }

  private void status(Task task, Status s, Integer exit) {
    if (s.result() == Result.OK) {
      found.unless(s.source() != StatusSource.SERVER, s.id(), "is ok by the server's word");
      found.unless(exit != null, s.id(), "is ok, and its test never ran to its end");
      found.unless(exit == null || exit == 0, s.id(), "is ok, and its test exited with " + exit);
    } else if (exit != null && EffectiveAttempt.isWhole(task, s.attempt())) {
      found.unless(exit != 0, s.id(), "is " + s.result().wire() + ", and its test exited with 0");
      found.unless(
          s.result() == Result.FAILED,
          s.id(),
          "is " + s.result().wire() + ", and its test exited with " + exit);
    } else if (s.result() == Result.FAILED && s.source() == StatusSource.EXIT) {
      found.unless(exit == null || exit != 0, s.id(), "is failed, and its test exited with 0");
    }
  }

  private static boolean broken(Task task) {
    return !task.attempts().isEmpty() && task.attempts().get(task.attempts().size() - 1).infra();
  }

  /** I7: after a fault a task is tried again as long as it has attempts left. */
  private void triedAgain(Task task) {
    if (task.state() != State.FINISHED || task.attempts().isEmpty()) {
      return;
    }
    long infra = task.attempts().stream().filter(Attempt::infra).count();
    if (broken(task) && infra <= task.infraRetries()) {
      found.breach(
          ExecutionInvariant.I7,
          task.id(),
          "was given up after " + infra + " broken attempts (" + task.reason() + ")");
    }
  }

  private static String wire(Result result) {
    return result == null ? "without a result" : result.wire();
  }
}
