package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes the result of one task from its statuses. Statuses may be added in any order and any
 * number of times: the sum is the same. Of each test the highest attempt that reported it counts,
 * and within it, per case, the highest index. Not safe from several threads.
 */
public final class StatusFold {
  private final Map<Integer, BitSet> received = new HashMap<>();
  private final Map<String, TestFold> tests = new HashMap<>();

  public static StatusFold of(Collection<Status> statuses) {
    StatusFold fold = new StatusFold();
    statuses.forEach(fold::add);
    return fold;
  }

  /** Adds a status; false when it was known. */
  public boolean add(Status status) {
    if (status.index() < Status.SERVER_INDEX) {
      BitSet indexes = received.computeIfAbsent(status.attempt(), k -> new BitSet());
      if (indexes.get(status.index())) {
        return false;
      }
      indexes.set(status.index());
    }
    return tests.computeIfAbsent(status.testId(), k -> new TestFold()).add(status);
  }

  /** True when the agent's status of that attempt and index is known. */
  public boolean has(int attempt, int index) {
    BitSet indexes = received.get(attempt);
    return indexes != null && indexes.get(index);
  }

  /** How many different statuses of an attempt its agent has reported. */
  public int received(int attempt) {
    BitSet indexes = received.get(attempt);
    return indexes == null ? 0 : indexes.cardinality();
  }

  /**
   * The tests without a status, in the task's order: those of the current attempt without a status
   * in it, and those without a status in any attempt.
   */
  public List<String> missing(Task task) {
    Set<String> ofAttempt = new HashSet<>(task.attemptTestIds());
    return task.testIds().stream()
        .filter(
            id -> {
              TestFold test = tests.get(id);
              return test == null || ofAttempt.contains(id) && !test.reported(task.attempt());
            })
        .toList();
  }

  /**
   * The tests that may lack statuses of the current attempt, in the task's order; for an attempt
   * whose end the agent did not report, or some of whose statuses never came. Tests run one after
   * the other and indexes only grow, so everything before the first gap is complete.
   */
  public List<String> interrupted(Task task) {
    BitSet indexes = received.get(task.attempt());
    int firstGap = indexes == null ? 1 : indexes.nextClearBit(1);
    return task.testIds().stream()
        .filter(
            id -> tests.containsKey(id) && tests.get(id).mayLackStatuses(task.attempt(), firstGap))
        .toList();
  }

  /** The sum over all tests; {@code testIds} gives the order of what it lists. */
  public StatusSummary sum(List<String> testIds) {
    Set<String> ordered = new HashSet<>(testIds);
    List<String> all = new ArrayList<>(testIds);
    tests.keySet().stream().filter(id -> !ordered.contains(id)).sorted().forEach(all::add);

    ResultCounts counts = ResultCounts.NONE;
    Result worst = null;
    Map<String, Result> results = new LinkedHashMap<>();
    for (String id : all) {
      TestFold test = tests.get(id);
      if (test != null) {
        ResultCounts of = test.counts();
        counts = counts.plus(of);
        results.put(id, ResultSeverity.of(of));
        worst = ResultSeverity.worst(worst, ResultSeverity.of(of));
      }
    }
    return new StatusSummary(counts, worst == null ? Result.INCONCLUSIVE : worst, results);
  }
}
