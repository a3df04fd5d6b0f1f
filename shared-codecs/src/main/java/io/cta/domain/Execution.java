package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * One run of a scenario.
 *
 * @param reason why it ended as it did, when its tasks do not say it
 * @param waitReason why it waits, for people
 * @param requestedBy name of the user or token
 * @param planned true once its tasks are in the store
 * @param deadline when the sweep must look at it next, null for never
 * @param rerunOf the execution it repeats, or null
 * @param cancelledBy who asked for its end, or null
 * @param pinned kept whatever the retention says
 * @param message what was said of the reason, for people, or null
 */
@RecordBuilder
public record Execution(
    String id,
    String scenarioId,
    String scenarioName,
    ExecutionSnapshot snapshot,
    RunMode mode,
    String group,
    int priority,
    State state,
    Result result,
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
    ResultCounts counts,
    String rerunOf,
    Instant cancelRequestedAt,
    String cancelledBy,
    boolean pinned,
    String message) {
  public Execution {
    counts = FieldChecks.or(counts, ResultCounts.NONE);
  }
}
