package io.cta.bench;

import org.HdrHistogram.Histogram;

/**
 * The figures of one query, with times in milliseconds.
 *
 * @param items average number of items in an answer; 1 for a single document
 */
record QueryResult(String name, double items, double p50, double p99, double max) {
  private static final double NANOS_PER_MILLI = 1e6;

  static QueryResult of(String name, double items, Histogram nanos) {
    return new QueryResult(
        name,
        items,
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
        nanos.getMaxValue() / NANOS_PER_MILLI);
  }
}
