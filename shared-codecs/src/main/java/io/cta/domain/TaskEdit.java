package io.cta.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A changed copy of a task in the making; only what changes in a task's life can be set. */
public final class TaskEdit {
  private final Task from;
  private List<String> attemptTestIds;
  private String machineId;
  private State state;
  private Result result;
  private String reason;
  private String message;
  private String waitReason;
  private int attempt;
  private String token;
  private Instant releasedAt;
  private Instant ackedAt;
  private Instant startedAt;
  private Instant finishedAt;
  private Instant deadline;
  private Integer statusesExpected;
  private State endState;
  private boolean endInfra;
  private Instant cancelRequestedAt;
  private ResultCounts counts;
  private List<Attempt> attempts;
  private Map<String, Result> notOk;
  private TaskDecline declined;
  private String shell;

  TaskEdit(Task t) {
    from = t;
    attemptTestIds = t.attemptTestIds();
    machineId = t.machineId();
    state = t.state();
    result = t.result();
    reason = t.reason();
    message = t.message();
    waitReason = t.waitReason();
    attempt = t.attempt();
    token = t.token();
    releasedAt = t.releasedAt();
    ackedAt = t.ackedAt();
    startedAt = t.startedAt();
    finishedAt = t.finishedAt();
    deadline = t.deadline();
    statusesExpected = t.statusesExpected();
    endState = t.endState();
    endInfra = t.endInfra();
    cancelRequestedAt = t.cancelRequestedAt();
    counts = t.counts();
    attempts = t.attempts();
    notOk = t.notOk();
    declined = t.declined();
    shell = t.shell();
  }

  public TaskEdit attemptTestIds(List<String> value) {
    attemptTestIds = value;
    return this;
  }

  public TaskEdit machineId(String value) {
    machineId = value;
    return this;
  }

  public TaskEdit state(State value) {
    state = value;
    return this;
  }

  public TaskEdit result(Result value) {
    result = value;
    return this;
  }

  public TaskEdit reason(String value) {
    reason = value;
    return this;
  }

  public TaskEdit message(String value) {
    message = value;
    return this;
  }

  public TaskEdit waitReason(String value) {
    waitReason = value;
    return this;
  }

  /** The attempt's number and its fencing token; null takes the token from whoever has it. */
  public TaskEdit attempt(int number, String fencingToken) {
    attempt = number;
    token = fencingToken;
    return this;
  }

  public TaskEdit releasedAt(Instant value) {
    releasedAt = value;
    return this;
  }

  public TaskEdit ackedAt(Instant value) {
    ackedAt = value;
    return this;
  }

  public TaskEdit startedAt(Instant value) {
    startedAt = value;
    return this;
  }

  public TaskEdit finishedAt(Instant value) {
    finishedAt = value;
    return this;
  }

  public TaskEdit deadline(Instant value) {
    deadline = value;
    return this;
  }

  public TaskEdit statusesExpected(Integer value) {
    statusesExpected = value;
    return this;
  }

  /** How the current attempt ended, or null and false for an attempt that has not. */
  public TaskEdit end(State value, boolean infra) {
    endState = value;
    endInfra = infra;
    return this;
  }

  public TaskEdit cancelRequestedAt(Instant value) {
    cancelRequestedAt = value;
    return this;
  }

  public TaskEdit counts(ResultCounts value) {
    counts = value;
    return this;
  }

  public TaskEdit notOk(Map<String, Result> value) {
    notOk = value;
    return this;
  }

  public TaskEdit declined(TaskDecline value) {
    declined = value;
    return this;
  }

  public TaskEdit shell(String value) {
    shell = value;
    return this;
  }

  public TaskEdit over(Attempt last) {
    attempts = new ArrayList<>(attempts);
    attempts.add(last);
    return this;
  }

  /** Those that are over, described anew. */
  public TaskEdit attempts(List<Attempt> described) {
    attempts = described;
    return this;
  }

  /** Another result for the last attempt that is over. */
  public TaskEdit lastAttempt(Result corrected) {
    int last = attempts.size() - 1;
    attempts = new ArrayList<>(attempts);
    attempts.set(last, attempts.get(last).with(corrected));
    return this;
  }

  public Task done() {
    return new Task(
        from.id(),
        from.executionId(),
        from.ordinal(),
        from.mode(),
        from.testIds(),
        attemptTestIds,
        machineId,
        from.bound(),
        state,
        result,
        reason,
        waitReason,
        from.priority(),
        from.group(),
        attempt,
        token,
        from.createdAt(),
        releasedAt,
        ackedAt,
        startedAt,
        finishedAt,
        deadline,
        statusesExpected,
        endState,
        endInfra,
        from.floor(),
        from.retries(),
        from.infraRetries(),
        from.pending(),
        from.running(),
        cancelRequestedAt,
        counts,
        attempts,
        message,
        notOk,
        declined,
        shell);
  }
}
