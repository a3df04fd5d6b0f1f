package io.cta.server.dispatch.scheduling;

import io.cta.domain.Result;
import io.cta.domain.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How the tests of a scenario went in its last parallel execution. */
public record TestHistory(Set<String> failed, Map<String, Duration> lengths) {
  public static final TestHistory NONE = new TestHistory(Set.of(), Map.of());

  /** Made of the tasks of a parallel execution, each of which ran one test. */
  public static TestHistory of(Collection<Task> tasks) {
    Set<String> failed = new HashSet<>();
    Map<String, Duration> lengths = new HashMap<>();
    for (Task task : tasks) {
      if (task.testIds().size() != 1) {
        continue;
      }
      String test = task.testIds().get(0);
      if (task.result() != null && task.result() != Result.OK) {
        failed.add(test);
      }
      if (task.startedAt() != null && task.finishedAt() != null) {
        lengths.put(test, Duration.between(task.startedAt(), task.finishedAt()));
      }
    }
    return new TestHistory(Set.copyOf(failed), Map.copyOf(lengths));
  }

  /**
   * Tests that failed come first, then the longest ones; tests without a history come last, in the
   * order they have.
   */
  Comparator<String> order() {
    return Comparator.<String, Boolean>comparing(id -> !failed.contains(id))
        .thenComparing(id -> lengths.getOrDefault(id, Duration.ZERO), Comparator.reverseOrder());
  }
}
