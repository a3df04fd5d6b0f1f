package io.cta.bench.history;

import io.cta.domain.Counts;
import io.cta.domain.Task;
import java.util.List;

/** I2: what an execution and its tasks count is what their statuses come to. */
final class CountsCheck {
  private CountsCheck() {}

  static List<Breach> of(History history) {
    Findings found = new Findings(Invariant.I2);
    for (Kept kept : history.kept()) {
      Counts sum = Counts.NONE;
      for (Task task : kept.tasks()) {
        Counts counts = Effective.counts(Effective.of(task, kept.statusesOf(task)).values());
        compare(found, task.id(), task.counts(), counts);
        sum = sum.plus(counts);
      }
      compare(found, kept.id(), kept.execution().counts(), sum);
    }
    return found.all();
  }

  private static void compare(Findings found, String id, Counts said, Counts counted) {
    Counts withoutFlaky =
        new Counts(
            said.ok(), said.failed(), said.inconclusive(), said.partial(), said.skipped(), 0);
    found.unless(
        withoutFlaky.equals(counted), id, "says " + withoutFlaky + ", its statuses are " + counted);
  }
}
