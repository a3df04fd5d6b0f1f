package io.cta.state;

import static io.cta.state.TaskPhase.ACKED;
import static io.cta.state.TaskPhase.CANCELLING;
import static io.cta.state.TaskPhase.ENDED;
import static io.cta.state.TaskPhase.OVER;
import static io.cta.state.TaskPhase.RELEASED;
import static io.cta.state.TaskPhase.RUNNING;
import static io.cta.state.TaskPhase.WAITING;

import io.cta.domain.Task;
import io.cta.state.TaskFact.Acked;
import io.cta.state.TaskFact.CancelRequested;
import io.cta.state.TaskFact.Counted;
import io.cta.state.TaskFact.DeadlineMoved;
import io.cta.state.TaskFact.DeadlinePassed;
import io.cta.state.TaskFact.Declined;
import io.cta.state.TaskFact.Ended;
import io.cta.state.TaskFact.Lost;
import io.cta.state.TaskFact.Recounted;
import io.cta.state.TaskFact.Released;
import io.cta.state.TaskFact.Started;
import io.cta.state.TaskFact.Suspended;
import io.cta.state.TaskFact.Waiting;
import io.cta.state.TaskFact.Withdrawn;

/** Decides how each fact changes a task. Pure; safe from any thread. */
public final class TaskStateMachine {
  private static final TransitionTable RULES = rules().checked();

  private TaskStateMachine() {}

  /**
   * Applies one fact. Facts may come late, twice or in any order; the outcome says whether it was
   * applied, ignored or refused.
   */
  public static TransitionOutcome apply(Task task, TaskFact fact) {
    TransitionOutcome refusal = RefusalRules.refusal(task, fact, RULES.verb(fact));
    return refusal == null ? RULES.apply(task, fact) : refusal;
  }

  private static TransitionTable rules() {
    TransitionTable table = new TransitionTable();
    table
        .on(Released.class, "released")
        .does(AttemptStartRules::released, WAITING)
        .refused(RELEASED, ACKED, RUNNING, CANCELLING, ENDED, OVER);
    table
        .on(Withdrawn.class, "withdrawn")
        .does(AttemptStartRules::withdrawn, RELEASED)
        .ignored(WAITING)
        .refused(ACKED, RUNNING, CANCELLING, ENDED, OVER);
    table
        .on(Declined.class, "declined")
        .does(AttemptStartRules::declined, RELEASED)
        .ignored(ENDED, OVER)
        .refused(WAITING, ACKED, RUNNING, CANCELLING);
    table
        .on(Waiting.class, "waiting")
        .does(AttemptStartRules::waiting, WAITING, RELEASED)
        .ignored(ACKED, RUNNING, CANCELLING, ENDED, OVER);
    table
        .on(Acked.class, "acked")
        .does(AttemptStartRules::acked, RELEASED)
        .ignored(ACKED, RUNNING, CANCELLING, ENDED, OVER)
        .refused(WAITING);
    table
        .on(Started.class, "running")
        .does(AttemptStartRules::started, RELEASED, ACKED, CANCELLING)
        .ignored(RUNNING, ENDED, OVER)
        .refused(WAITING);
    table
        .on(Ended.class, "ended")
        .does(AttemptEndRules::ended, RELEASED, ACKED, RUNNING, CANCELLING)
        .ignored(ENDED, OVER)
        .refused(WAITING);
    table
        .on(Lost.class, "lost")
        .does(AttemptEndRules::lost, ACKED, RUNNING, CANCELLING)
        .ignored(ENDED, OVER)
        .refused(WAITING, RELEASED);
    table
        .on(CancelRequested.class, "cancelled")
        .does(AttemptEndRules::cancelledUntaken, WAITING, RELEASED)
        .does(AttemptEndRules::cancelRequested, ACKED, RUNNING)
        .does(AttemptEndRules::cancelAfterEnd, ENDED)
        .ignored(CANCELLING, OVER);
    table
        .on(DeadlinePassed.class, "timed out")
        .does(AttemptEndRules.due(AttemptEndRules::pendingTimeout), WAITING, RELEASED)
        .does(AttemptEndRules.due(AttemptEndRules::runningTimeout), ACKED, RUNNING)
        .does(AttemptEndRules.due(AttemptEndRules::disobeyed), CANCELLING)
        .does(AttemptEndRules.due(AttemptEndRules::statusesLost), ENDED)
        .ignored(OVER);
    table
        .on(DeadlineMoved.class, "put off")
        .does(
            AttemptStartRules::deadlineMoved, WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED)
        .ignored(OVER);
    table
        .on(Suspended.class, "explained")
        .does(
            AttemptEndRules::suspended, WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED, OVER);
    table
        .on(Counted.class, "counted")
        .does(CompletionRules::counted, RELEASED, ACKED, RUNNING, CANCELLING)
        .does(CompletionRules::complete, ENDED)
        .ignored(WAITING, OVER);
    table
        .on(Recounted.class, "recounted")
        .does(CompletionRules::recounted, OVER)
        .ignored(WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED);
    return table;
  }
}
