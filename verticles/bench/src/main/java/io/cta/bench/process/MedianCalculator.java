package io.cta.bench.process;

import java.util.List;

/** Calculates medians. */
public final class MedianCalculator {
  private MedianCalculator() {}

  /** Returns the median; for an even number of values, the mean of the two in the middle. */
  public static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing has no median");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
