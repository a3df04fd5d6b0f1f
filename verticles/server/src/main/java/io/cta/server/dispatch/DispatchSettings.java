package io.cta.server.dispatch;

import java.time.Duration;

/**
 * How dispatch behaves.
 *
 * @param sweep time between two {@link DispatchSweep}s
 * @param resend time after which a task that nobody acked is published again
 * @param lease how long an offline machine keeps tasks that it has not acked
 * @param obey time that an agent has to end a task, on top of the task's stop time
 * @param maxTasks tasks that dispatch keeps in memory; further executions wait in the store
 * @param logLimit bytes of output that are kept of an attempt
 */
public record DispatchSettings(
    Duration sweep, Duration resend, Duration lease, Duration obey, int maxTasks, long logLimit) {
  public static final DispatchSettings DEFAULT =
      new DispatchSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          100_000,
          16 << 20);
}
