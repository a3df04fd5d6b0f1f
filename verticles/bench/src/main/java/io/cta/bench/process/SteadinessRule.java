package io.cta.bench.process;

import java.util.List;

/** Decides whether a rate is steady: the last three windows are as fast as the three before. */
public final class SteadinessRule {
  private static final int WINDOWS = 3;
  private static final double TOLERANCE = 0.05;

  private SteadinessRule() {}

  /**
   * @param rates rates of windows of equal size, the oldest first
   */
  public static boolean steady(List<Double> rates) {
    int size = rates.size();
    if (size < 2 * WINDOWS) {
      return false;
    }
    double before = MedianCalculator.of(rates.subList(size - 2 * WINDOWS, size - WINDOWS));
    double last = MedianCalculator.of(rates.subList(size - WINDOWS, size));
    return Math.abs(last - before) <= TOLERANCE * before;
  }
}
