package io.cta.server.view.executions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AfterState;
import io.cta.domain.ExecutionReport;
import java.time.Instant;
import java.util.List;

/** What became of an execution's report to a forge. */
public record ExecutionReportView(
    String forge,
    String project,
    String commit,
    String ref,
    AfterState state,
    String text,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> deliveries,
    AfterState noteState,
    String note) {
  /** Returns null for null. */
  static ExecutionReportView of(ExecutionReport r) {
    return r == null
        ? null
        : new ExecutionReportView(
            r.forge(),
            r.project(),
            r.commit(),
            r.ref(),
            r.state(),
            r.text(),
            r.at(),
            r.deliveries(),
            r.noteState(),
            r.note());
  }
}
