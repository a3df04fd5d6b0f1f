package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a task's statuses.
 *
 * @param counts effective statuses, by result
 * @param result the worst of its tests; inconclusive when there are none
 * @param tests the result of each test that has a status, in the task's order
 */
public record StatusSummary(ResultCounts counts, Result result, Map<String, Result> tests) {
  /** The tests that are not ok, in the task's order. */
  public Map<String, Result> notOk() {
    Map<String, Result> out = new LinkedHashMap<>();
    tests.forEach(
        (id, result) -> {
          if (result != Result.OK) {
            out.put(id, result);
          }
        });
    return out;
  }

  public List<String> failedTestIds() {
    return tests.entrySet().stream()
        .filter(e -> e.getValue() == Result.FAILED)
        .map(Map.Entry::getKey)
        .toList();
  }
}
