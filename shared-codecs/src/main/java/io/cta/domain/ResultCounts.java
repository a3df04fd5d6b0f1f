package io.cta.domain;

/**
 * Effective statuses by result.
 *
 * @param skipped reported as skipped by their framework; they do not affect the result
 * @param flaky those among {@code ok} that failed in an earlier attempt
 */
public record ResultCounts(
    int ok, int failed, int inconclusive, int partial, int skipped, int flaky) {
  public static final ResultCounts NONE = new ResultCounts(0, 0, 0, 0, 0, 0);

  public ResultCounts plus(ResultCounts o) {
    return new ResultCounts(
        ok + o.ok,
        failed + o.failed,
        inconclusive + o.inconclusive,
        partial + o.partial,
        skipped + o.skipped,
        flaky + o.flaky);
  }

  public int total() {
    return ok + failed + inconclusive + partial + skipped;
  }
}
