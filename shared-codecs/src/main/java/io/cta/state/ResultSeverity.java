package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import java.util.List;

/**
 * Orders results by severity: {@code failed}, {@code partial}, {@code inconclusive}, {@code ok}.
 */
public final class ResultSeverity {
  private static final List<Result> WORST_FIRST =
      List.of(Result.FAILED, Result.PARTIAL, Result.INCONCLUSIVE, Result.OK);

  private ResultSeverity() {}

  /** The worse of both; null is no result. */
  public static Result worst(Result one, Result other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return WORST_FIRST.indexOf(one) <= WORST_FIRST.indexOf(other) ? one : other;
  }

  /**
   * The result of one test: the worst of its counted statuses. Skips do not count, and a test of
   * which nothing ran is inconclusive.
   */
  public static Result of(ResultCounts counts) {
    if (counts.failed() > 0) {
      return Result.FAILED;
    }
    if (counts.partial() > 0) {
      return Result.PARTIAL;
    }
    return counts.inconclusive() > 0 || counts.ok() == 0 ? Result.INCONCLUSIVE : Result.OK;
  }
}
