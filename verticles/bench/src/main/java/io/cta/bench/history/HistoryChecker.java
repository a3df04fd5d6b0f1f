package io.cta.bench.history;

import java.util.List;
import java.util.function.Function;

/** Finds every breach of the invariants in a history. Pure. */
public final class HistoryChecker {
  private static final List<Function<RunHistory, List<InvariantViolation>>> CHECKS =
      List.of(
          EndsCheck::of,
          ConfirmedCheck::of,
          CountsCheck::of,
          AttemptsCheck::of,
          OutcomesCheck::of,
          StopsCheck::of,
          MessagesCheck::of);

  private HistoryChecker() {}

  public static List<InvariantViolation> check(RunHistory history) {
    return CHECKS.stream().flatMap(check -> check.apply(history).stream()).toList();
  }
}
