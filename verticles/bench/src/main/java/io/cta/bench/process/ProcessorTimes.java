package io.cta.bench.process;

import java.util.List;

/**
 * Processor time of a JVM in milliseconds.
 *
 * @param program all other threads
 * @param compiler the threads of the JIT compilers
 * @param collector the threads of the garbage collector, and the VM thread
 */
public record ProcessorTimes(double program, double compiler, double collector) {
  private static final double TICK_MILLIS = 10;

  /**
   * @param process line of the whole process, which includes threads that have ended
   * @param threads lines of the threads that are alive
   */
  static ProcessorTimes of(ProcessStat process, List<ProcessStat> threads) {
    double compiler = sum(threads, ThreadKind.COMPILER);
    double collector = sum(threads, ThreadKind.COLLECTOR);
    return new ProcessorTimes(
        process.ticks() * TICK_MILLIS - compiler - collector, compiler, collector);
  }

  ProcessorTimes minus(ProcessorTimes before) {
    return new ProcessorTimes(
        program - before.program, compiler - before.compiler, collector - before.collector);
  }

  public double withoutCompiler() {
    return program + collector;
  }

  private static double sum(List<ProcessStat> threads, ThreadKind kind) {
    return threads.stream()
            .filter(thread -> ThreadKind.of(thread.name()) == kind)
            .mapToLong(ProcessStat::ticks)
            .sum()
        * TICK_MILLIS;
  }
}
