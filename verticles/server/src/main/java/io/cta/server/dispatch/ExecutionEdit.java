package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import java.time.Instant;

/** The two changes that dispatch makes to an execution. */
final class ExecutionEdit {
  private ExecutionEdit() {}

  /** Its tasks are in the store. */
  static Execution planned(Execution e, int taskCount) {
    return e.planned() ? e : ExecutionBuilder.builder(e).planned(true).taskCount(taskCount).build();
  }

  static Execution due(Execution e, Instant deadline) {
    return ExecutionBuilder.builder(e).deadline(deadline).build();
  }
}
