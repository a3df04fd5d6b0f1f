package io.cta.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a changed copy of a task; only fields that change during a task's life can be set. */
public final class TaskEdit {
  private final TaskBuilder next;

  TaskEdit(Task task) {
    next = TaskBuilder.builder(task);
  }

  public TaskEdit attemptTestIds(List<String> value) {
    next.attemptTestIds(value);
    return this;
  }

  public TaskEdit machineId(String value) {
    next.machineId(value);
    return this;
  }

  public TaskEdit state(State value) {
    next.state(value);
    return this;
  }

  public TaskEdit result(Result value) {
    next.result(value);
    return this;
  }

  public TaskEdit reason(String value) {
    next.reason(value);
    return this;
  }

  public TaskEdit message(String value) {
    next.message(value);
    return this;
  }

  public TaskEdit waitReason(String value) {
    next.waitReason(value);
    return this;
  }

  /** The attempt's number and its fencing token; null invalidates the token of whoever has it. */
  public TaskEdit attempt(int number, String fencingToken) {
    next.attempt(number).token(fencingToken);
    return this;
  }

  public TaskEdit releasedAt(Instant value) {
    next.releasedAt(value);
    return this;
  }

  public TaskEdit ackedAt(Instant value) {
    next.ackedAt(value);
    return this;
  }

  public TaskEdit startedAt(Instant value) {
    next.startedAt(value);
    return this;
  }

  public TaskEdit finishedAt(Instant value) {
    next.finishedAt(value);
    return this;
  }

  public TaskEdit deadline(Instant value) {
    next.deadline(value);
    return this;
  }

  public TaskEdit statusesExpected(Integer value) {
    next.statusesExpected(value);
    return this;
  }

  /** How the current attempt ended, or null and false for an attempt that has not. */
  public TaskEdit end(State value, boolean infra) {
    next.endState(value).endInfra(infra);
    return this;
  }

  public TaskEdit cancelRequestedAt(Instant value) {
    next.cancelRequestedAt(value);
    return this;
  }

  public TaskEdit counts(ResultCounts value) {
    next.counts(value);
    return this;
  }

  public TaskEdit notOk(Map<String, Result> value) {
    next.notOk(value);
    return this;
  }

  public TaskEdit declined(TaskDecline value) {
    next.declined(value);
    return this;
  }

  public TaskEdit shell(String value) {
    next.shell(value);
    return this;
  }

  /** Those of the current attempt; null for none. */
  public TaskEdit warnings(List<String> value) {
    next.warnings(value);
    return this;
  }

  public TaskEdit over(Attempt last) {
    List<Attempt> attempts = new ArrayList<>(next.attempts());
    attempts.add(last);
    next.attempts(attempts);
    return this;
  }

  /** Replaces the attempts that are over. */
  public TaskEdit attempts(List<Attempt> described) {
    next.attempts(described);
    return this;
  }

  /** Corrects the result of the last attempt that is over. */
  public TaskEdit lastAttempt(Result corrected) {
    List<Attempt> attempts = new ArrayList<>(next.attempts());
    int last = attempts.size() - 1;
    attempts.set(last, attempts.get(last).with(corrected));
    next.attempts(attempts);
    return this;
  }

  public Task done() {
    return next.build();
  }
}
