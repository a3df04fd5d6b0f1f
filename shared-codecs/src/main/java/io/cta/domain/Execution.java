package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How one run of a scenario stands. What was asked of it is in its {@link ExecutionSpec}.
 *
 * @param reason why it ended as it did, when its tasks do not say it
 * @param waitReason why it waits, for people
 * @param requestedBy name of the user or token
 * @param planned true once its tasks are in the store
 * @param running how long it may run, from its start; null of one that no limit was known of
 * @param deadline when the sweep must look at it next, null for never
 * @param rerunOf the execution it repeats, or null
 * @param cancelledBy who asked for its end, or null
 * @param pinned kept whatever the retention says
 * @param resolving true until it is known what its inputs are: until then only one task at a time
 *     may begin
 * @param resolvedInputs what they are; empty while that is not known, or when each says it itself
 * @param source what it tests, or null
 * @param message what was said of the reason, for people, or null
 * @param after what became of the scenario's after-handlers, one for each
 * @param afterDue its end, set while handlers are to be decided on or carried out; else null
 * @param chain which execution caused it, or null
 */
@RecordBuilder
public record Execution(
    String id,
    String scenarioId,
    String scenarioName,
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
    Duration running,
    Instant deadline,
    boolean planned,
    int taskCount,
    int tasksDone,
    ResultCounts counts,
    String rerunOf,
    Instant cancelRequestedAt,
    String cancelledBy,
    boolean pinned,
    boolean resolving,
    List<ResolvedInput> resolvedInputs,
    ExecutionSource source,
    String message,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AfterOutcome> after,
    Instant afterDue,
    ExecutionChain chain) {
  public Execution {
    counts = FieldChecks.or(counts, ResultCounts.NONE);
    resolvedInputs = FieldChecks.list(resolvedInputs);
    after = FieldChecks.list(after);
  }
}
