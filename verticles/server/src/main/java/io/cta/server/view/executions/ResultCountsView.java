package io.cta.server.view.executions;

import io.cta.domain.ResultCounts;

/** The number of statuses by result. */
public record ResultCountsView(
    int ok, int failed, int inconclusive, int partial, int skipped, int flaky) {
  public static ResultCountsView of(ResultCounts c) {
    return new ResultCountsView(
        c.ok(), c.failed(), c.inconclusive(), c.partial(), c.skipped(), c.flaky());
  }
}
