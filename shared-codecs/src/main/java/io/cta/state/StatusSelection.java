package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects those statuses of one task that count, by the rules of {@link StatusFold}: of each test
 * the highest attempt, and within it, per case, the highest index. A case that failed in an earlier
 * attempt and is ok in the last is flaky. Statuses may come in any order and any number of times.
 * Not safe from several threads.
 */
public final class StatusSelection {
  private final Map<String, OfTest> tests = new HashMap<>();

  /** The statuses of the highest attempt of a test, and what failed before it. */
  private static final class OfTest {
    int attempt;
    Map<String, Status> cases = new HashMap<>();
    Status placeholder;

    /** Per attempt before the highest one, the latest status of each case, as far as it matters. */
    final Map<Integer, Map<String, Outcome>> earlier = new HashMap<>();
  }

  /** What is kept of a status that does not count itself. */
  private record Outcome(int index, boolean failed) {}

  public void add(Status status) {
    OfTest test = tests.computeIfAbsent(status.testId(), id -> new OfTest());
    if (status.attempt() > test.attempt) {
      test.cases.values().forEach(before -> addEarlier(test, before));
      test.attempt = status.attempt();
      test.cases = new HashMap<>();
      test.placeholder = null;
    }
    boolean standIn = status.source() == StatusSource.SERVER && status.name() == null;
    if (status.attempt() < test.attempt) {
      if (!standIn) {
        addEarlier(test, status);
      }
    } else if (standIn) {
      test.placeholder = status;
    } else {
      test.cases.merge(TestFold.identity(status), status, StatusSelection::later);
    }
  }

  /** Those that count, test by test in this order, then others; of a test in the agent's order. */
  public List<Status> inOrder(List<String> testIds) {
    List<Status> all = new ArrayList<>();
    Set<String> ordered = new HashSet<>(testIds);
    testIds.forEach(id -> add(all, tests.get(id)));
    tests.keySet().stream()
        .filter(id -> !ordered.contains(id))
        .sorted()
        .forEach(id -> add(all, tests.get(id)));
    return all;
  }

  private static void add(List<Status> all, OfTest test) {
    if (test == null) {
      return;
    }
    if (test.cases.isEmpty()) {
      all.add(test.placeholder);
      return;
    }
    test.cases.values().stream()
        .sorted(Comparator.comparingInt(Status::index))
        .map(status -> flaky(test, status))
        .forEach(all::add);
  }

  private static Status flaky(OfTest test, Status status) {
    boolean wasRepaired =
        status.result() == Result.OK
            && !status.skipped()
            && test.earlier.values().stream()
                .map(cases -> cases.get(TestFold.identity(status)))
                .anyMatch(outcome -> outcome != null && outcome.failed());
    return wasRepaired && !status.flaky()
        ? StatusBuilder.builder(status).flaky(true).build()
        : status;
  }

  private static void addEarlier(OfTest test, Status status) {
    Outcome outcome =
        new Outcome(status.index(), status.result() == Result.FAILED && !status.skipped());
    test.earlier
        .computeIfAbsent(status.attempt(), attempt -> new HashMap<>())
        .merge(TestFold.identity(status), outcome, (a, b) -> a.index() >= b.index() ? a : b);
  }

  private static Status later(Status a, Status b) {
    return a.index() >= b.index() ? a : b;
  }
}
