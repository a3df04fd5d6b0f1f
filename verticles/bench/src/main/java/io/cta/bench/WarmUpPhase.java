package io.cta.bench;

import io.cta.bench.process.SteadinessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Runs executions until the rate is steady, before the first that counts: until then the JIT
 * compilers are at work.
 */
final class WarmUpPhase {
  private static final int LEAST_WINDOWS = 5;
  private static final int MOST_WINDOWS = 30;

  private final int window;
  private final IntConsumer work;

  /**
   * @param window executions of one measured rate
   * @param work runs as many executions as it is given
   */
  WarmUpPhase(int window, IntConsumer work) {
    this.window = window;
    this.work = work;
  }

  /** Returns how many executions it took. */
  int run(OptionalInt fixed) {
    if (fixed.isPresent()) {
      work.accept(fixed.getAsInt());
      return fixed.getAsInt();
    }
    List<Double> rates = new ArrayList<>();
    while (rates.size() < LEAST_WINDOWS
        || (rates.size() < MOST_WINDOWS && !SteadinessRule.steady(rates))) {
      long begin = System.nanoTime();
      work.accept(window);
      rates.add(window * 1e9 / (System.nanoTime() - begin));
    }
    return rates.size() * window;
  }
}
