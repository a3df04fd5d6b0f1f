package io.cta.state;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskEdit;
import io.cta.state.TaskFact.DeadlinePassed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;

/**
 * How an attempt ends. An end that the agent did not report clears the token, so that the agent's
 * later events are refused and it is told to stop.
 */
final class AttemptEndRules {
  static final String MACHINE_LOST = "machineLost";
  static final String SUSPENDED = "suspended";
  static final String PENDING_TIMEOUT = "pendingTimeout";
  static final String RUNNING_TIMEOUT = "runningTimeout";
  static final String DISOBEYED = "machineDidNotObey";
  static final String STATUSES_LOST = "statusesLost";

  /** How long statuses may still arrive after the end. */
  static final Duration STATUS_WAIT = Duration.ofSeconds(60);

  private AttemptEndRules() {}

  static TransitionOutcome ended(Task task, TaskFact.Ended fact) {
    if (!fact.state().terminal()) {
      return RefusalRules.phase(task, "ended as " + fact.state().wire());
    }
    State state = fact.infra() ? lostState(task) : fact.state();
    TaskEdit edit = AttemptStartRules.taken(task, fact).end(state, fact.infra());
    return AttemptStartRules.moved(
        edit.statusesExpected(Math.max(0, fact.statusCount()))
            .reason(fact.reason() == null ? task.reason() : fact.reason())
            .message(fact.message())
            .warnings(fact.warnings())
            .deadline(fact.at().plus(STATUS_WAIT)));
  }

  static TransitionOutcome lost(Task task, TaskFact.Lost fact) {
    return fenced(task, lostState(task), true, fact.reason(), fact.at());
  }

  static TransitionOutcome cancelledUntaken(Task task, TaskFact.CancelRequested fact) {
    Task asked = task.edit().cancelRequestedAt(fact.at()).done();
    return fenced(asked, State.CANCELLED, false, task.reason(), fact.at());
  }

  static TransitionOutcome cancelRequested(Task task, TaskFact.CancelRequested fact) {
    return AttemptStartRules.moved(
        task.edit().cancelRequestedAt(fact.at()).deadline(fact.deadline()));
  }

  /** A cancel that comes after the attempt's end prevents another attempt. */
  static TransitionOutcome cancelAfterEnd(Task task, TaskFact.CancelRequested fact) {
    if (task.cancelRequestedAt() != null) {
      return new TransitionOutcome.Ignored("the task is being cancelled already");
    }
    State end = task.endInfra() ? State.CANCELLED : task.endState();
    return AttemptStartRules.moved(
        task.edit().cancelRequestedAt(fact.at()).end(end, task.endInfra()));
  }

  static TransitionOutcome pendingTimeout(Task task, DeadlinePassed fact) {
    return fenced(task, State.TIMEOUT, false, PENDING_TIMEOUT, fact.at());
  }

  static TransitionOutcome runningTimeout(Task task, DeadlinePassed fact) {
    return AttemptStartRules.moved(
        task.edit()
            .cancelRequestedAt(fact.at())
            .reason(RUNNING_TIMEOUT)
            .deadline(fact.nextDeadline()));
  }

  static TransitionOutcome disobeyed(Task task, DeadlinePassed fact) {
    return fenced(task, lostState(task), false, DISOBEYED, fact.at());
  }

  static TransitionOutcome statusesLost(Task task, DeadlinePassed fact) {
    boolean missing = task.statusesExpected() != null && task.statusesExpected() > 0;
    String reason = missing && task.reason() == null ? STATUSES_LOST : task.reason();
    return AttemptStartRules.moved(
        task.edit().statusesExpected(0).reason(reason).deadline(fact.nextDeadline()));
  }

  /**
   * Corrects the reason of an attempt that was lost with its machine, whether its end is recorded
   * yet or not.
   */
  static TransitionOutcome suspended(Task task, TaskFact.Suspended fact) {
    boolean ending =
        task.attempt() == fact.number()
            && MACHINE_LOST.equals(task.reason())
            && fact.machineId().equals(task.machineId());
    List<Attempt> attempts =
        task.attempts().stream()
            .map(a -> lostWhileSuspended(a, fact) ? a.with(SUSPENDED) : a)
            .toList();
    if (!ending && attempts.equals(task.attempts())) {
      return new TransitionOutcome.Ignored("that attempt was not lost with its machine");
    }
    TaskEdit edit = task.edit().attempts(attempts);
    return AttemptStartRules.moved(ending ? edit.reason(SUSPENDED) : edit);
  }

  private static boolean lostWhileSuspended(Attempt a, TaskFact.Suspended fact) {
    return a.number() == fact.number()
        && MACHINE_LOST.equals(a.reason())
        && fact.machineId().equals(a.machineId());
  }

  /** Applies a rule only if the task still has the deadline that has passed. */
  static BiFunction<Task, DeadlinePassed, TransitionOutcome> due(
      BiFunction<Task, DeadlinePassed, TransitionOutcome> rule) {
    return (task, fact) ->
        same(task.deadline(), fact.deadline())
            ? rule.apply(task, fact)
            : new TransitionOutcome.Ignored("its deadline has moved");
  }

  /** Compares milliseconds: stored times have no finer precision, times in memory may. */
  private static boolean same(Instant stored, Instant meant) {
    return stored != null
        && meant != null
        && stored.truncatedTo(ChronoUnit.MILLIS).equals(meant.truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * The end state of an attempt that broke: timeout or cancelled if it was being ended as such,
   * else finished.
   */
  private static State lostState(Task task) {
    if (task.cancelRequestedAt() == null) {
      return State.FINISHED;
    }
    return RUNNING_TIMEOUT.equals(task.reason()) ? State.TIMEOUT : State.CANCELLED;
  }

  private static TransitionOutcome fenced(
      Task task, State end, boolean infra, String reason, Instant at) {
    return AttemptStartRules.moved(
        task.edit()
            .attempt(task.attempt(), null)
            .end(end, infra)
            .statusesExpected(0)
            .reason(reason)
            .deadline(at.plus(STATUS_WAIT)));
  }
}
