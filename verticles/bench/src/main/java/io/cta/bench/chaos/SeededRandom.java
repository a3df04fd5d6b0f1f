package io.cta.bench.chaos;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Makes random numbers that are the same for the same seed. */
final class SeededRandom {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private SeededRandom() {}

  /**
   * Returns a generator for one purpose; drawing more numbers for one purpose does not change those
   * of another.
   */
  static RandomGenerator generator(long seed, String purpose) {
    return FACTORY.create(31 * seed + purpose.hashCode());
  }

  /** Returns a new seed that is short enough to be typed. */
  static long fresh() {
    return FACTORY.create().nextLong(1, 1_000_000_000);
  }
}
