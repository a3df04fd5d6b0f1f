package io.cta.server.dispatch;

import io.cta.domain.Execution;
import java.time.Instant;

/** The two changes that dispatch makes to an execution. */
final class ExecutionEdit {
  private ExecutionEdit() {}

  /** Its tasks are in the store. */
  static Execution planned(Execution e, int taskCount) {
    return e.planned() ? e : copy(e, e.deadline(), true, taskCount);
  }

  static Execution due(Execution e, Instant deadline) {
    return copy(e, deadline, e.planned(), e.taskCount());
  }

  private static Execution copy(Execution e, Instant deadline, boolean planned, int taskCount) {
    return new Execution(
        e.id(),
        e.scenarioId(),
        e.scenarioName(),
        e.snapshot(),
        e.mode(),
        e.group(),
        e.priority(),
        e.state(),
        e.result(),
        e.reason(),
        e.waitReason(),
        e.requestedBy(),
        e.requestedAt(),
        e.startedAt(),
        e.finishedAt(),
        deadline,
        planned,
        taskCount,
        e.tasksDone(),
        e.counts(),
        e.rerunOf(),
        e.cancelRequestedAt(),
        e.cancelledBy(),
        e.pinned(),
        e.message());
  }
}
