package io.cta.server.dispatch;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.executions.InputPins;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the commands for agents. Pure. */
final class TaskCommands {
  private TaskCommands() {}

  /**
   * The command to run a task's current attempt.
   *
   * @param entry knows what the inputs are
   */
  static TaskRun command(
      Task task, ExecutionSnapshot snapshot, ExecutionEntry entry, long logLimit) {
    return TaskRunBuilder.builder()
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(task.attempt())
        .token(task.token())
        .mode(task.mode())
        .suite(snapshot.suiteName())
        .inputs(InputPins.pinned(snapshot.inputs(), entry.resolvedInputs()))
        .outputs(snapshot.outputs())
        .tests(testsOf(task, snapshot))
        .parameters(snapshot.scenario().parameters())
        .secrets(snapshot.secrets())
        .running(task.running())
        .resolve(entry.isResolving() ? true : null)
        .logLimit(logLimit)
        .scenario(snapshot.scenario().name())
        .depth(entry.depth == 0 ? null : entry.depth)
        .build();
  }

  /** The longest that stopping any stage of the task's tests may take. */
  static Duration stopTime(Task task, ExecutionSnapshot snapshot) {
    return testsOf(task, snapshot).stream()
        .flatMap(test -> test.stages().stream())
        .map(stage -> stage.stopTimeout().duration())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static List<Test> testsOf(Task task, ExecutionSnapshot snapshot) {
    if (task.attemptTestIds().size() == snapshot.tests().size()) {
      return snapshot.tests();
    }
    Set<String> wanted = new HashSet<>(task.attemptTestIds());
    return snapshot.tests().stream().filter(test -> wanted.contains(test.id())).toList();
  }
}
