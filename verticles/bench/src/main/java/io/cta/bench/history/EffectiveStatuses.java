package io.cta.bench.history;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the statuses of a task that count, by the written rules and not by the code that is judged.
 * Of each test only the last attempt with statuses counts, and of each case only the last status.
 * The status that the server makes for a silent test counts only if the test has no other.
 */
final class EffectiveStatuses {
  private EffectiveStatuses() {}

  /** Returns the statuses by test id, in the task's order. */
  static Map<String, List<Status>> of(Task task, Collection<Status> statuses) {
    Map<String, List<Status>> byTest =
        statuses.stream().collect(Collectors.groupingBy(Status::testId));
    Map<String, List<Status>> effective = new LinkedHashMap<>();
    for (String test : task.testIds()) {
      effective.put(test, effective(byTest.getOrDefault(test, List.of())));
    }
    return effective;
  }

  /** Counts the statuses by result; leaves the number of flaky ones at 0. */
  static ResultCounts counts(Collection<List<Status>> effective) {
    int[] n = new int[5];
    for (List<Status> test : effective) {
      test.forEach(s -> n[s.skipped() ? 4 : s.result().ordinal()]++);
    }
    return new ResultCounts(
        n[Result.OK.ordinal()],
        n[Result.FAILED.ordinal()],
        n[Result.INCONCLUSIVE.ordinal()],
        n[Result.PARTIAL.ordinal()],
        n[4],
        0);
  }

  /** Returns the worst result of all tests; a test of which nothing ran is inconclusive. */
  static Result worst(Collection<List<Status>> effective) {
    List<Result> results = effective.stream().map(test -> ofTest(counts(List.of(test)))).toList();
    for (Result result : List.of(Result.FAILED, Result.PARTIAL, Result.INCONCLUSIVE)) {
      if (results.contains(result)) {
        return result;
      }
    }
    return results.isEmpty() ? Result.INCONCLUSIVE : Result.OK;
  }

  private static Result ofTest(ResultCounts c) {
    if (c.failed() > 0) {
      return Result.FAILED;
    }
    if (c.partial() > 0) {
      return Result.PARTIAL;
    }
    return c.inconclusive() > 0 || c.ok() == 0 ? Result.INCONCLUSIVE : Result.OK;
  }

  private static List<Status> effective(List<Status> ofTest) {
    int last = ofTest.stream().mapToInt(Status::attempt).max().orElse(0);
    List<Status> ofAttempt = ofTest.stream().filter(s -> s.attempt() == last).toList();
    boolean silent = ofAttempt.stream().allMatch(EffectiveStatuses::standIn);
    Map<List<String>, Status> cases = new LinkedHashMap<>();
    ofAttempt.stream()
        .filter(s -> silent || !standIn(s))
        .sorted(Comparator.comparingInt(Status::index))
        .forEach(s -> cases.put(Arrays.asList(s.suite(), s.name()), s));
    return new ArrayList<>(cases.values());
  }

  private static boolean standIn(Status status) {
    return status.source() == StatusSource.SERVER && status.name() == null;
  }
}
