package io.cta.state;

import io.cta.domain.Counts;
import io.cta.domain.Result;
import java.util.List;
import java.util.Map;

/**
 * What a task's statuses come to.
 *
 * @param counts effective statuses, by result
 * @param result the worst of its tests; inconclusive when there are none
 * @param tests the result of each test that has a status, in the task's order
 */
public record TaskSum(Counts counts, Result result, Map<String, Result> tests) {
  public List<String> failedTestIds() {
    return tests.entrySet().stream()
        .filter(e -> e.getValue() == Result.FAILED)
        .map(Map.Entry::getKey)
        .toList();
  }
}
