package io.cta.server.view.executions;

import io.cta.domain.TaskDecline;
import java.time.Instant;

/** A machine that declined a task, and why. */
public record TaskDeclineView(String machineId, String reason, Instant at, int times) {
  /** Returns null for null. */
  static TaskDeclineView of(TaskDecline d) {
    return d == null ? null : new TaskDeclineView(d.machineId(), d.reason(), d.at(), d.times());
  }
}
