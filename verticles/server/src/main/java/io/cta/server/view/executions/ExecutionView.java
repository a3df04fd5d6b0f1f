package io.cta.server.view.executions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;

/**
 * An execution.
 *
 * @param snapshot null in lists and in the live feed
 * @param terminal whether it is over, so that nobody has to know which states are the last
 */
public record ExecutionView(
    String id,
    String scenarioId,
    String scenarioName,
    SnapshotView snapshot,
    RunMode mode,
    String group,
    int priority,
    State state,
    Result result,
    boolean terminal,
    String reason,
    String waitReason,
    String requestedBy,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    Instant deadline,
    boolean planned,
    int taskCount,
    int tasksDone,
    ResultCountsView counts,
    String rerunOf,
    Instant cancelRequestedAt,
    String cancelledBy,
    boolean pinned,
    boolean resolving,
    List<ResolvedInputView> resolvedInputs,
    ExecutionSourceView source,
    String message,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AfterOutcomeView> after,
    ExecutionReportView report,
    ExecutionChainView chain)
    implements OutwardView {
  public static ExecutionView of(AskedExecution asked) {
    return with(SnapshotView.of(asked.snapshot()), asked.execution());
  }

  public static ExecutionView withoutSnapshot(Execution execution) {
    return with(null, execution);
  }

  private static ExecutionView with(SnapshotView snapshot, Execution e) {
    return new ExecutionView(
        e.id(),
        e.scenarioId(),
        e.scenarioName(),
        snapshot,
        e.mode(),
        e.group(),
        e.priority(),
        e.state(),
        e.result(),
        e.state().terminal(),
        e.reason(),
        e.waitReason(),
        e.requestedBy(),
        e.requestedAt(),
        e.startedAt(),
        e.finishedAt(),
        e.deadline(),
        e.planned(),
        e.taskCount(),
        e.tasksDone(),
        ResultCountsView.of(e.counts()),
        e.rerunOf(),
        e.cancelRequestedAt(),
        e.cancelledBy(),
        e.pinned(),
        e.resolving(),
        ResolvedInputView.of(e.resolvedInputs()),
        ExecutionSourceView.of(e.source()),
        e.message(),
        AfterOutcomeView.of(e.after()),
        ExecutionReportView.of(e.report()),
        ExecutionChainView.of(e.chain()));
  }
}
