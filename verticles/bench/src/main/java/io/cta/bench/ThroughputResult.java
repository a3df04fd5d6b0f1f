package io.cta.bench;

import java.util.concurrent.Callable;

/** What a round came to. */
record ThroughputResult(double perSecond, double cpuMicros) {
  /** Does the work and divides by what it carried. */
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
