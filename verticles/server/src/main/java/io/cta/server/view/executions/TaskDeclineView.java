package io.cta.server.view.executions;

import io.cta.domain.TaskDecline;
import java.time.Instant;

/** That a machine turned a task down. */
public record TaskDeclineView(String machineId, String reason, Instant at, int times) {
  /** Null of null. */
  static TaskDeclineView of(TaskDecline d) {
    return d == null ? null : new TaskDeclineView(d.machineId(), d.reason(), d.at(), d.times());
  }
}
