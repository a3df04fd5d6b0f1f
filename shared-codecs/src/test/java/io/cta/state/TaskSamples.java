package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks in each phase, brought there by facts. */
final class TaskSamples {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant PENDING_UNTIL = T0.plusSeconds(60);
  static final Duration PENDING = Duration.ofMinutes(1);
  static final Duration RUNNING = Duration.ofMinutes(10);

  private TaskSamples() {}

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static Task fresh(int retries, int infraRetries) {
    return task(null, false, null, retries, infraRetries);
  }

  static Task task(String machineId, boolean bound, Result floor, int retries, int infraRetries) {
    return TaskBuilder.builder()
        .id("E-0")
        .executionId("E")
        .mode(RunMode.MONO)
        .testIds(List.of("a", "b"))
        .machineId(machineId)
        .bound(bound)
        .state(State.PENDING)
        .createdAt(T0)
        .deadline(PENDING_UNTIL)
        .floor(floor)
        .retries(retries)
        .infraRetries(infraRetries)
        .pending(PENDING)
        .running(RUNNING)
        .build();
  }

  static Task in(TaskPhase phase) {
    Task task = fresh(0, 0);
    return switch (phase) {
      case WAITING -> task;
      case RELEASED -> after(task, released());
      case ACKED -> after(task, released(), acked());
      case RUNNING -> after(task, released(), acked(), started());
      case CANCELLING -> after(task, released(), acked(), started(), cancel());
      case ENDED -> after(task, released(), acked(), started(), ended(2));
      case OVER -> after(task, released(), acked(), started(), ended(2), counted(2, Result.OK));
    };
  }

  static Task after(Task task, TaskFact... facts) {
    for (TaskFact fact : facts) {
      TransitionOutcome step = TaskStateMachine.apply(task, fact);
      if (!(step instanceof TransitionOutcome.Moved moved)) {
        throw new AssertionError(fact + " on " + task + " is " + step);
      }
      task = moved.task();
    }
    return task;
  }

  static TaskFact released() {
    return new TaskFact.Released("t1", null, at(1));
  }

  static TaskFact acked() {
    return new TaskFact.Acked(1, "t1", "m1", at(2));
  }

  static TaskFact started() {
    return new TaskFact.Started(1, "t1", "m1", at(3));
  }

  static TaskFact ended(int statuses) {
    return ended(statuses, false, null);
  }

  static TaskFact ended(int statuses, boolean infra, String reason) {
    return new TaskFact.Ended(1, "t1", "m1", State.FINISHED, statuses, infra, reason, at(9));
  }

  static TaskFact cancel() {
    return new TaskFact.CancelRequested(at(40), at(5));
  }

  static TaskFact counted(int received, Result result, String... failed) {
    ResultCounts counts = new ResultCounts(received, failed.length, 0, 0, 0, 0);
    return new TaskFact.Counted(1, received, true, counts, result, failing(failed), at(10));
  }

  static Map<String, Result> failing(String... tests) {
    Map<String, Result> out = new LinkedHashMap<>();
    for (String test : tests) {
      out.put(test, Result.FAILED);
    }
    return out;
  }

  /** The fact that the task's current deadline has passed. */
  static TaskFact overdue(Task task) {
    return new TaskFact.DeadlinePassed(task.deadline(), at(9_100), at(9_000));
  }
}
