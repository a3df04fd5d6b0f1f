package io.cta.server.view.executions;

import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.server.view.OutwardView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A task, without the token with which an agent reports on its attempt.
 *
 * @param testIds null in the live feed, as is {@code attemptTestIds}
 * @param terminal whether it is over, so that nobody has to know which states are the last
 */
public record TaskView(
    String id,
    String executionId,
    int ordinal,
    RunMode mode,
    List<String> testIds,
    List<String> attemptTestIds,
    String machineId,
    boolean bound,
    State state,
    Result result,
    boolean terminal,
    String reason,
    String waitReason,
    int priority,
    String group,
    int attempt,
    Instant createdAt,
    Instant releasedAt,
    Instant ackedAt,
    Instant startedAt,
    Instant finishedAt,
    Instant deadline,
    Integer statusesExpected,
    State endState,
    boolean endInfra,
    Result floor,
    int retries,
    int infraRetries,
    Duration pending,
    Duration running,
    Instant cancelRequestedAt,
    ResultCountsView counts,
    List<AttemptView> attempts,
    String message,
    Map<String, Result> notOk,
    TaskDeclineView declined,
    String shell,
    List<String> warnings)
    implements OutwardView {
  public static TaskView of(Task task) {
    return with(task.testIds(), task.attemptTestIds(), task);
  }

  /** Without the lists of its tests, which may be long and never change. */
  public static TaskView withoutTests(Task task) {
    return with(null, null, task);
  }

  private static TaskView with(List<String> testIds, List<String> attemptTestIds, Task t) {
    return new TaskView(
        t.id(),
        t.executionId(),
        t.ordinal(),
        t.mode(),
        testIds,
        attemptTestIds,
        t.machineId(),
        t.bound(),
        t.state(),
        t.result(),
        t.state().terminal(),
        t.reason(),
        t.waitReason(),
        t.priority(),
        t.group(),
        t.attempt(),
        t.createdAt(),
        t.releasedAt(),
        t.ackedAt(),
        t.startedAt(),
        t.finishedAt(),
        t.deadline(),
        t.statusesExpected(),
        t.endState(),
        t.endInfra(),
        t.floor(),
        t.retries(),
        t.infraRetries(),
        t.pending(),
        t.running(),
        t.cancelRequestedAt(),
        ResultCountsView.of(t.counts()),
        t.attempts().stream().map(AttemptView::of).toList(),
        t.message(),
        t.notOk(),
        TaskDeclineView.of(t.declined()),
        t.shell(),
        t.warnings());
  }
}
