package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import java.time.Instant;

/** The two changes that dispatch makes to an execution. */
final class ExecutionEdit {
  private ExecutionEdit() {}

  static Execution due(Execution e, Instant deadline) {
    return ExecutionBuilder.builder(e).deadline(deadline).build();
  }
}
