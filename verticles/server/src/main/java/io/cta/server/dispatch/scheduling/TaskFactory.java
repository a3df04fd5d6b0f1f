package io.cta.server.dispatch.scheduling;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the tasks of one execution. */
public record TaskFactory(AskedExecution asked, Instant now) {
  /** How long tracking has to complete a task that ended without an agent. */
  private static final Duration COMPLETION = Duration.ofSeconds(60);

  /** A task that waits; bound when {@code machineId} is given. */
  public Task task(int ordinal, List<String> tests, String machineId) {
    Instant deadline = asked.execution().requestedAt().plus(timeouts().pending().duration());
    return task(ordinal, tests, machineId, deadline, null, null, null);
  }

  /** A task that cannot start; tracking will complete it. */
  Task ended(List<String> tests, String reason, Result floor) {
    return task(0, tests, null, now.plus(COMPLETION), State.FINISHED, reason, floor);
  }

  private Task task(
      int ordinal,
      List<String> tests,
      String machineId,
      Instant deadline,
      State endState,
      String reason,
      Result floor) {
    Execution execution = asked.execution();
    Scenario scenario = asked.snapshot().scenario();
    return TaskBuilder.builder()
        .id(Task.id(execution.id(), ordinal))
        .executionId(execution.id())
        .ordinal(ordinal)
        .mode(execution.mode())
        .testIds(tests)
        .attemptTestIds(tests)
        .machineId(machineId)
        .bound(machineId != null)
        .state(State.PENDING)
        .reason(reason)
        .priority(execution.priority())
        .group(execution.group())
        .createdAt(now)
        .deadline(deadline)
        .statusesExpected(endState == null ? null : 0)
        .endState(endState)
        .floor(floor)
        .retries(scenario.retries())
        .infraRetries(scenario.infraRetries())
        .pending(timeouts().pending().duration())
        .running(timeouts().running().duration())
        .counts(ResultCounts.NONE)
        .attempts(List.of())
        .build();
  }

  private ExecutionTimeouts timeouts() {
    return asked.snapshot().scenario().timeouts();
  }
}
