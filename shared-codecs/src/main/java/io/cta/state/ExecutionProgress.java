package io.cta.state;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import java.time.Instant;

/** The part of an execution that its tasks decide. */
record ExecutionProgress(
    State state,
    Result result,
    String reason,
    String message,
    String waitReason,
    Instant startedAt,
    Instant finishedAt,
    Instant deadline,
    int tasksDone,
    ResultCounts counts) {

  Execution on(Execution e) {
    Execution next =
        new Execution(
            e.id(),
            e.scenarioId(),
            e.scenarioName(),
            e.snapshot(),
            e.mode(),
            e.group(),
            e.priority(),
            state,
            result,
            reason,
            waitReason,
            e.requestedBy(),
            e.requestedAt(),
            startedAt,
            finishedAt,
            deadline,
            e.planned(),
            e.taskCount(),
            tasksDone,
            counts,
            e.rerunOf(),
            e.cancelRequestedAt(),
            e.cancelledBy(),
            e.pinned(),
            message);
    return next.equals(e) ? e : next;
  }
}
