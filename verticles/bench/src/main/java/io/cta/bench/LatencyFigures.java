package io.cta.bench;

import io.cta.bench.process.FigureSet;
import org.HdrHistogram.Histogram;

/** Latencies of a round as figures. */
final class LatencyFigures {
  private static final double MILLI = 1e6;

  private LatencyFigures() {}

  static void into(FigureSet figureSet, String what, Histogram nanos) {
    figureSet
        .put(what + " p50, ms", nanos.getValueAtPercentile(50) / MILLI)
        .put(what + " p99, ms", nanos.getValueAtPercentile(99) / MILLI);
  }
}
