package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The unit that one machine takes.
 *
 * @param id {@code executionId-ordinal}
 * @param testIds all tests of the task, ids of the execution's snapshot
 * @param attemptTestIds those of the current attempt: all, or after a test retry the failed ones
 * @param machineId whom it is bound to or was taken by; null while any matching machine may take it
 * @param bound true when only {@code machineId} may run it (stress)
 * @param reason why it ended as it did, a word such as {@code machineLost}, or null
 * @param waitReason why it waits, for people; or why it waited until its pending time was over
 * @param attempt current attempt, 0 before the first release
 * @param token fencing token of the current attempt; null once nobody may speak for it any more
 * @param releasedAt when the current attempt was put on a queue, null while it is not
 * @param deadline when the sweep must look at it next, null for never
 * @param statusesExpected how many statuses the agent says the attempt has; null until it ended
 * @param endState how the current attempt ended, while statuses of it are still to come or to be
 *     filled in; the task is terminal, or pending again, once they are
 * @param endInfra true when that end is an infrastructure failure, and may be tried again
 * @param floor a result that the task's is at least as bad as, or null
 * @param retries further attempts after failed tests, as the scenario allows them; those used are
 *     in {@code attempts}
 * @param infraRetries the same after infrastructure failures
 * @param pending how long it may wait for a machine, each time that it waits; default 1 h
 * @param running how long an attempt may run; default 2 h
 * @param cancelRequestedAt when someone asked for its end
 * @param attempts those that are over, the oldest first; bounded by the retries
 * @param message what the agent said of the reason, for people, or null
 * @param notOk of a task that is over, the result of each test that is not ok, by test id; else
 *     null
 * @param declined who turned it down last, since it was last taken; or null
 * @param shell what runs the scripts of the current attempt, such as {@code bash -eo pipefail},
 *     once it has begun
 * @param warnings of the current attempt, once it has ended: what is no result, but somebody should
 *     know
 */
@RecordBuilder
public record Task(
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
    String reason,
    String waitReason,
    int priority,
    String group,
    int attempt,
    String token,
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
    ResultCounts counts,
    List<Attempt> attempts,
    String message,
    Map<String, Result> notOk,
    TaskDecline declined,
    String shell,
    List<String> warnings) {
  public Task {
    testIds = FieldChecks.list(testIds);
    attemptTestIds = attemptTestIds == null ? testIds : List.copyOf(attemptTestIds);
    pending = FieldChecks.or(pending, ExecutionTimeouts.DEFAULT.pending().duration());
    running = FieldChecks.or(running, ExecutionTimeouts.DEFAULT.running().duration());
    counts = FieldChecks.or(counts, ResultCounts.NONE);
    attempts = FieldChecks.list(attempts);
    warnings = FieldChecks.list(warnings);
    notOk = notOk == null ? null : FieldChecks.map(notOk);
  }

  public static String id(String executionId, int ordinal) {
    return executionId + "-" + ordinal;
  }

  /** Begins a changed copy. */
  public TaskEdit edit() {
    return new TaskEdit(this);
  }
}
