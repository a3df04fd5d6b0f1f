package io.cta.state;

import static io.cta.state.Phase.ACKED;
import static io.cta.state.Phase.CANCELLING;
import static io.cta.state.Phase.ENDED;
import static io.cta.state.Phase.OVER;
import static io.cta.state.Phase.RELEASED;
import static io.cta.state.Phase.RUNNING;
import static io.cta.state.Phase.WAITING;

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

/** The life of a task: which facts move it where. Pure; safe from any thread. */
public final class TaskMachine {
  private static final Rules RULES = rules().checked();

  private TaskMachine() {}

  /** Applies one fact. Facts may come late, twice or in any order; the answer says what held. */
  public static Step apply(Task task, TaskFact fact) {
    Step stranger = Refusals.stranger(task, fact, RULES.verb(fact));
    return stranger == null ? RULES.apply(task, fact) : stranger;
  }

  private static Rules rules() {
    Rules rules = new Rules();
    rules
        .on(Released.class, "released")
        .does(Attempts::released, WAITING)
        .refused(RELEASED, ACKED, RUNNING, CANCELLING, ENDED, OVER);
    rules
        .on(Withdrawn.class, "withdrawn")
        .does(Attempts::withdrawn, RELEASED)
        .ignored(WAITING)
        .refused(ACKED, RUNNING, CANCELLING, ENDED, OVER);
    rules
        .on(Declined.class, "declined")
        .does(Attempts::declined, RELEASED)
        .ignored(ENDED, OVER)
        .refused(WAITING, ACKED, RUNNING, CANCELLING);
    rules
        .on(Waiting.class, "waiting")
        .does(Attempts::waiting, WAITING, RELEASED)
        .ignored(ACKED, RUNNING, CANCELLING, ENDED, OVER);
    rules
        .on(Acked.class, "acked")
        .does(Attempts::acked, RELEASED)
        .ignored(ACKED, RUNNING, CANCELLING, ENDED, OVER)
        .refused(WAITING);
    rules
        .on(Started.class, "running")
        .does(Attempts::started, RELEASED, ACKED, CANCELLING)
        .ignored(RUNNING, ENDED, OVER)
        .refused(WAITING);
    rules
        .on(Ended.class, "ended")
        .does(Ends::ended, RELEASED, ACKED, RUNNING, CANCELLING)
        .ignored(ENDED, OVER)
        .refused(WAITING);
    rules
        .on(Lost.class, "lost")
        .does(Ends::lost, ACKED, RUNNING, CANCELLING)
        .ignored(ENDED, OVER)
        .refused(WAITING, RELEASED);
    rules
        .on(CancelRequested.class, "cancelled")
        .does(Ends::cancelledUntaken, WAITING, RELEASED)
        .does(Ends::cancelRequested, ACKED, RUNNING)
        .does(Ends::notAgain, ENDED)
        .ignored(CANCELLING, OVER);
    rules
        .on(DeadlinePassed.class, "timed out")
        .does(Ends.due(Ends::pendingTimeout), WAITING, RELEASED)
        .does(Ends.due(Ends::runningTimeout), ACKED, RUNNING)
        .does(Ends.due(Ends::disobeyed), CANCELLING)
        .does(Ends.due(Ends::statusesLost), ENDED)
        .ignored(OVER);
    rules
        .on(DeadlineMoved.class, "put off")
        .does(Attempts::deadlineMoved, WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED)
        .ignored(OVER);
    rules
        .on(Suspended.class, "explained")
        .does(Ends::suspended, WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED, OVER);
    rules
        .on(Counted.class, "counted")
        .does(Completion::counted, RELEASED, ACKED, RUNNING, CANCELLING)
        .does(Completion::complete, ENDED)
        .ignored(WAITING, OVER);
    rules
        .on(Recounted.class, "recounted")
        .does(Completion::recounted, OVER)
        .ignored(WAITING, RELEASED, ACKED, RUNNING, CANCELLING, ENDED);
    return rules;
  }
}
