package io.cta.state;

import io.cta.domain.Attempt;
import io.cta.domain.AttemptBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskEdit;
import io.cta.state.TaskFact.Counted;
import java.util.List;

/** How statuses complete a task, or start another attempt of it. */
public final class CompletionRules {
  private CompletionRules() {}

  /**
   * True when an attempt that is over will be followed by another: after an infrastructure failure
   * or failed tests while retries are left, never after a cancel or timeout.
   */
  public static boolean retried(Task task, List<String> failedTestIds) {
    if (task.attempt() == 0
        || task.endState() != State.FINISHED
        || task.cancelRequestedAt() != null) {
      return false;
    }
    long used = task.attempts().stream().filter(a -> a.infra() == task.endInfra()).count();
    return task.endInfra()
        ? used < task.infraRetries()
        : !failedTestIds.isEmpty() && used < task.retries();
  }

  static TransitionOutcome counted(Task task, Counted fact) {
    return fact.counts().equals(task.counts())
        ? new TransitionOutcome.Ignored("counted already")
        : AttemptStartRules.moved(task.edit().counts(fact.counts()));
  }

  static TransitionOutcome complete(Task task, Counted fact) {
    if (task.statusesExpected() != null && fact.received() < task.statusesExpected()) {
      return counted(task, fact);
    }
    boolean again = retried(task, fact.failedTestIds());
    if (!again && !fact.complete()) {
      return counted(task, fact);
    }
    TaskEdit edit = task.edit().counts(fact.counts());
    if (task.attempt() > recorded(task)) {
      edit.over(attempt(task, fact));
    }
    return AttemptStartRules.moved(
        again ? nextAttempt(task, fact, edit) : completed(task, fact, edit));
  }

  /**
   * Counts statuses that came after the end: every status that was confirmed to an agent must show
   * in the result.
   */
  static TransitionOutcome recounted(Task task, TaskFact.Recounted fact) {
    Result result = result(task, fact.result());
    if (fact.counts().equals(task.counts()) && result == task.result()) {
      return new TransitionOutcome.Ignored("counted already");
    }
    boolean fine = task.state() == State.FINISHED && result == Result.OK;
    TaskEdit edit =
        task.edit()
            .counts(fact.counts())
            .result(result)
            .notOk(fact.notOk())
            .reason(fine ? null : task.reason());
    if (task.attempt() > 0 && recorded(task) == task.attempt()) {
      edit.lastAttempt(attemptResult(task, fact.result()));
    }
    return AttemptStartRules.moved(edit);
  }

  /**
   * The number of the last recorded attempt, 0 for none. A task that ends while it waits for a
   * retry records no further attempt.
   */
  private static int recorded(Task task) {
    return task.attempts().isEmpty() ? 0 : task.attempts().get(task.attempts().size() - 1).number();
  }

  private static TaskEdit completed(Task task, Counted fact, TaskEdit edit) {
    return edit.state(task.endState())
        .result(result(task, fact.result()))
        .notOk(fact.notOk())
        .finishedAt(fact.at())
        .waitReason(
            AttemptEndRules.PENDING_TIMEOUT.equals(task.reason()) ? task.waitReason() : null)
        .deadline(null);
  }

  private static TaskEdit nextAttempt(Task task, Counted fact, TaskEdit edit) {
    List<String> tests = task.endInfra() ? task.attemptTestIds() : fact.failedTestIds();
    return edit.state(State.PENDING)
        .attempt(task.attempt(), null)
        .attemptTestIds(tests)
        .machineId(task.bound() ? task.machineId() : null)
        .releasedAt(null)
        .ackedAt(null)
        .startedAt(null)
        .shell(null)
        .end(null, false)
        .statusesExpected(null)
        .result(null)
        .reason(null)
        .message(null)
        .warnings(null)
        .deadline(fact.at().plus(task.pending()));
  }

  private static Attempt attempt(Task task, Counted fact) {
    return AttemptBuilder.builder()
        .number(task.attempt())
        .machineId(task.machineId())
        .startedAt(task.startedAt())
        .reason(task.reason())
        .message(task.message())
        .warnings(task.warnings())
        .shell(task.shell())
        .endedAt(fact.at())
        .state(task.endState())
        .result(attemptResult(task, fact.result()))
        .infra(task.endInfra())
        .build();
  }

  /** An attempt that broke off is never ok, whatever its statuses say. */
  private static Result attemptResult(Task task, Result statuses) {
    boolean unknown = statuses == null || task.endInfra() || endedWaitingForRetry(task);
    return unknown ? ResultSeverity.worst(statuses, Result.INCONCLUSIVE) : statuses;
  }

  /**
   * True when the task ended while it waited for a retry: its last attempt is the one that broke.
   */
  private static boolean endedWaitingForRetry(Task task) {
    return task.attempt() > 0
        && recorded(task) == task.attempt()
        && task.attempts().get(task.attempts().size() - 1).infra();
  }

  private static Result result(Task task, Result statuses) {
    return ResultSeverity.worst(attemptResult(task, statuses), task.floor());
  }
}
