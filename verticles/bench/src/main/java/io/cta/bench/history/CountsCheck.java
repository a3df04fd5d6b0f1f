package io.cta.bench.history;

import io.cta.domain.ResultCounts;
import io.cta.domain.Task;
import java.util.List;

/** I2: the counts of an execution and of its tasks are those of their statuses. */
final class CountsCheck {
  private CountsCheck() {}

  static List<InvariantViolation> of(RunHistory history) {
    ViolationCollector found = new ViolationCollector(ExecutionInvariant.I2);
    for (StoredExecution storedExecution : history.kept()) {
      ResultCounts sum = ResultCounts.NONE;
      for (Task task : storedExecution.tasks()) {
        ResultCounts counts =
            EffectiveStatuses.counts(
                EffectiveStatuses.of(task, storedExecution.statusesOf(task)).values());
        compare(found, task.id(), task.counts(), counts);
        sum = sum.plus(counts);
      }
      compare(found, storedExecution.id(), storedExecution.execution().counts(), sum);
    }
    return found.all();
  }

  private static void compare(
      ViolationCollector found, String id, ResultCounts said, ResultCounts counted) {
    ResultCounts withoutFlaky =
        new ResultCounts(
            said.ok(), said.failed(), said.inconclusive(), said.partial(), said.skipped(), 0);
    found.unless(
        withoutFlaky.equals(counted), id, "says " + withoutFlaky + ", its statuses are " + counted);
  }
}
