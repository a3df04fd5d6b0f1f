package io.cta.bench;

import io.cta.bench.process.FigureSet;
import org.HdrHistogram.Histogram;

/** Turns the latencies of a round into figures. */
final class LatencyFigures {
  private static final double NANOS_PER_MILLI = 1e6;

  private LatencyFigures() {}

  static void into(FigureSet figureSet, String what, Histogram nanos) {
    figureSet
        .put(what + " p50, ms", nanos.getValueAtPercentile(50) / NANOS_PER_MILLI)
        .put(what + " p99, ms", nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }
}
