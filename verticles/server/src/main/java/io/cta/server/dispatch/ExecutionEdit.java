package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
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
    return ExecutionBuilder.builder(e)
        .deadline(deadline)
        .planned(planned)
        .taskCount(taskCount)
        .build();
  }
}
