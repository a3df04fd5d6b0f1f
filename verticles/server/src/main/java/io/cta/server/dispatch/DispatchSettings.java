package io.cta.server.dispatch;

import java.time.Duration;

/**
 * How dispatch behaves.
 *
 * @param sweep between two looks at stored deadlines and wait reasons
 * @param resend after which a task on a queue that nobody acked is published again
 * @param lease how long a silent machine is believed to be about to come back
 * @param obey what an agent has for ending a task on top of its stop time
 * @param maxTasks tasks that are planned at a time; further executions stay in the store
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
