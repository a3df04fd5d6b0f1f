package io.cta.bench.process;

/**
 * What a process has used since it began, or between two readings.
 *
 * @param diskBytes bytes written to disk
 * @param calls read and write system calls
 * @param switches context switches, voluntary or not
 */
public record ProcessUsage(ProcessorTimes times, long diskBytes, long calls, long switches) {
  public ProcessUsage since(ProcessUsage before) {
    return new ProcessUsage(
        times.minus(before.times),
        diskBytes - before.diskBytes,
        calls - before.calls,
        switches - before.switches);
  }
}
