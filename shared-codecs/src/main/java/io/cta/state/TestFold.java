package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Collects and counts the statuses of one test within one task. */
final class TestFold {
  /** What is kept of a status. */
  private record Case(int index, Result result, boolean skipped, boolean flaky) {}

  /** What is kept of one attempt. */
  private static final class AttemptStatuses {
    /** By suite and name, see {@link #identity}. */
    final Map<String, Case> cases = new HashMap<>();

    /** The server's placeholder for a test without a status; any other status replaces it. */
    Case placeholder;

    /** The agent's last status, and whether that one closes the test. */
    int lastIndex;

    boolean closed;
  }

  private final TreeMap<Integer, AttemptStatuses> attempts = new TreeMap<>();

  boolean add(Status status) {
    AttemptStatuses run = attempts.computeIfAbsent(status.attempt(), k -> new AttemptStatuses());
    Case one = new Case(status.index(), status.result(), status.skipped(), status.flaky());
    if (status.source() == StatusSource.SERVER && status.name() == null) {
      boolean known = run.placeholder != null;
      run.placeholder = one;
      return !known;
    }
    if (status.index() < Status.SERVER_INDEX && status.index() > run.lastIndex) {
      run.lastIndex = status.index();
      run.closed = closes(status);
    }
    String identity = identity(status);
    Case known = run.cases.get(identity);
    if (known != null && known.index == status.index()) {
      return false;
    }
    if (known == null || known.index < status.index()) {
      run.cases.put(identity, one);
    }
    return true;
  }

  boolean reported(int attempt) {
    return attempts.containsKey(attempt);
  }

  /**
   * Whether statuses of the test may be missing from an attempt whose end the agent did not report.
   *
   * @param firstGap the lowest index of the attempt that never came
   */
  boolean mayLackStatuses(int attempt, int firstGap) {
    AttemptStatuses run = attempts.get(attempt);
    if (run == null || run.lastIndex == 0) {
      return false; // without any status, see StatusFold.missing
    }
    if (run.cases.containsKey("/" + Status.INTERRUPTED)) {
      return false; // reported already
    }
    return run.lastIndex > firstGap || run.lastIndex == firstGap - 1 && !run.closed;
  }

  /** The effective cases of the highest attempt, by result. */
  ResultCounts counts() {
    AttemptStatuses last = attempts.lastEntry().getValue();
    if (last.cases.isEmpty()) {
      return count(null, last.placeholder);
    }
    ResultCounts counts = ResultCounts.NONE;
    for (Map.Entry<String, Case> entry : last.cases.entrySet()) {
      counts = counts.plus(count(entry.getKey(), entry.getValue()));
    }
    return counts;
  }

  private ResultCounts count(String identity, Case effective) {
    if (effective.skipped) {
      return new ResultCounts(0, 0, 0, 0, 1, 0);
    }
    return switch (effective.result) {
      case OK -> new ResultCounts(1, 0, 0, 0, 0, effective.flaky || failedBefore(identity) ? 1 : 0);
      case FAILED -> new ResultCounts(0, 1, 0, 0, 0, 0);
      case INCONCLUSIVE -> new ResultCounts(0, 0, 1, 0, 0, 0);
      case PARTIAL -> new ResultCounts(0, 0, 0, 1, 0, 0);
    };
  }

  private boolean failedBefore(String identity) {
    return attempts.headMap(attempts.lastKey()).values().stream()
        .map(run -> run.cases.get(identity))
        .anyMatch(c -> c != null && !c.skipped && c.result == Result.FAILED);
  }

  /** Two cases of one name in two suites are two cases. */
  static String identity(Status status) {
    String name = status.name() == null ? "" : "/" + status.name();
    return status.suite() == null ? name : status.suite() + "\0" + name;
  }

  /** The agent reports the exit code, or its own finding, when the test's process is over. */
  private static boolean closes(Status status) {
    return status.name() == null
        && (status.source() == StatusSource.EXIT || status.source() == StatusSource.AGENT);
  }
}
