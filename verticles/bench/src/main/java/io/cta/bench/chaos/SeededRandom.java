package io.cta.bench.chaos;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random numbers that a seed repeats. */
final class SeededRandom {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private SeededRandom() {}

  /** For each purpose numbers of its own, so that more of one leaves the others as they are. */
  static RandomGenerator generator(long seed, String purpose) {
    return FACTORY.create(31 * seed + purpose.hashCode());
  }

  /** A seed that is short enough to be typed. */
  static long fresh() {
    return FACTORY.create().nextLong(1, 1_000_000_000);
  }
}
