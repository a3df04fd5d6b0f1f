package io.cta.bench;

import io.cta.bench.process.SteadinessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Executions before the first that counts: until compilers have done their work. */
final class WarmUpPhase {
  private static final int LEAST_WINDOWS = 5;
  private static final int MOST_WINDOWS = 30;

  private final int window;
  private final IntConsumer work;

  /**
   * @param window executions whose rate is looked at together
   * @param work carries out so many executions
   */
  WarmUpPhase(int window, IntConsumer work) {
    this.window = window;
    this.work = work;
  }

  /** Says how many executions it took. */
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
