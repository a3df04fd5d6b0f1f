package io.cta.bench;

import org.HdrHistogram.Histogram;

/**
 * How a query was answered.
 *
 * @param items of the answers, on average; of a single thing, 1
 */
record QueryResult(String name, double items, double p50, double p99, double max) {
  private static final double MILLI = 1e6;

  static QueryResult of(String name, double items, Histogram nanos) {
    return new QueryResult(
        name,
        items,
        nanos.getValueAtPercentile(50) / MILLI,
        nanos.getValueAtPercentile(99) / MILLI,
        nanos.getMaxValue() / MILLI);
  }
}
