package io.cta.agent.intake;

import io.cta.domain.ExecutionTimeouts;
import io.cta.domain.Test;
import io.cta.error.ServiceFailure;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import java.util.List;
import java.util.Map;

/** Checks a command to run before anything relies on it, and fills in what may be left out. */
final class TaskRunValidator {
  private TaskRunValidator() {}

  /**
   * Returns the command with all defaults; throws a {@link ServiceFailure} when it cannot be run.
   */
  static TaskRun checked(TaskRun run) {
    run.ref().checked();
    if (run.executionId() == null) {
      throw ServiceFailure.invalid("executionId", "is required");
    }
    List<Test> tests = run.tests() == null ? List.of() : run.tests();
    for (int i = 0; i < tests.size(); i++) {
      if (tests.get(i) == null || tests.get(i).id() == null) {
        throw ServiceFailure.invalid("tests[" + i + "].id", "is required");
      }
    }
    return TaskRunBuilder.builder(run)
        .inputs(run.inputs() == null ? List.of() : run.inputs())
        .outputs(run.outputs() == null ? List.of() : run.outputs())
        .tests(tests)
        .parameters(run.parameters() == null ? Map.of() : run.parameters())
        .running(
            run.running() == null ? ExecutionTimeouts.DEFAULT.running().duration() : run.running())
        .build();
  }
}
