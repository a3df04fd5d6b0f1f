package io.cta.state;

import io.cta.domain.Counts;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The statuses of one test within one task. */
final class TestFold {
  /** What is kept of a status. */
  private record Case(int index, Result result, boolean skipped, StatusSource source) {}

  private final TreeMap<Integer, Map<String, Case>> attempts = new TreeMap<>();

  boolean add(Status status) {
    Map<String, Case> cases = attempts.computeIfAbsent(status.attempt(), k -> new HashMap<>());
    // each weight has its own cases, so that none pushes out what weighs more, see weight
    String name = weight(status.source()) + (status.name() == null ? "" : "/" + status.name());
    Case known = cases.get(name);
    if (known != null && known.index == status.index()) {
      return false;
    }
    if (known == null || known.index < status.index()) {
      cases.put(name, new Case(status.index(), status.result(), status.skipped(), status.source()));
    }
    return true;
  }

  boolean reported(int attempt) {
    return attempts.containsKey(attempt);
  }

  /** The effective cases of the highest attempt, by result. */
  Counts counts() {
    Map<String, Case> last = attempts.lastEntry().getValue();
    int heaviest = last.values().stream().mapToInt(c -> weight(c.source)).max().orElse(0);
    Counts counts = Counts.NONE;
    for (Map.Entry<String, Case> entry : last.entrySet()) {
      if (weight(entry.getValue().source) == heaviest) {
        counts = counts.plus(count(entry.getKey(), entry.getValue()));
      }
    }
    return counts;
  }

  private Counts count(String name, Case effective) {
    if (effective.skipped) {
      return new Counts(0, 0, 0, 0, 1, 0);
    }
    return switch (effective.result) {
      case OK -> new Counts(1, 0, 0, 0, 0, failedBefore(name) ? 1 : 0);
      case FAILED -> new Counts(0, 1, 0, 0, 0, 0);
      case INCONCLUSIVE -> new Counts(0, 0, 1, 0, 0, 0);
      case PARTIAL -> new Counts(0, 0, 0, 1, 0, 0);
    };
  }

  private boolean failedBefore(String name) {
    return attempts.headMap(attempts.lastKey()).values().stream()
        .map(cases -> cases.get(name))
        .anyMatch(c -> c != null && !c.skipped && c.result == Result.FAILED);
  }

  /**
   * What tests say of themselves, their reports and the agent's own findings count together; the
   * exit code only where there is none of them, the server's words only where there is nothing.
   */
  private static int weight(StatusSource source) {
    return switch (source) {
      case API, REPORT, AGENT -> 2;
      case EXIT -> 1;
      case SERVER -> 0;
    };
  }
}
