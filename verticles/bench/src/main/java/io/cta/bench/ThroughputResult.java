package io.cta.bench;

import java.util.concurrent.Callable;

/** The rate of a round, and the processor time for each message. */
record ThroughputResult(double perSecond, double cpuMicros) {
  /**
   * Runs the work and divides time and processor time by the number of messages that it carried.
   */
  static ThroughputResult of(long messages, Callable<?> work) throws Exception {
    long begin = System.nanoTime();
    long cpu = SystemInfo.cpuNanos();
    work.call();
    double nanos = System.nanoTime() - begin;
    return new ThroughputResult(
        messages * 1e9 / nanos, (SystemInfo.cpuNanos() - cpu) / 1e3 / messages);
  }

  void print(String what) {
    System.out.printf(
        "  %-50s %,10.0f messages/s, %5.1f µs of this process each%n", what, perSecond, cpuMicros);
  }
}
