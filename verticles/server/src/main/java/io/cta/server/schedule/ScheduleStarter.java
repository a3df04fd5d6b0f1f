package io.cta.server.schedule;

import io.vertx.core.Future;

/** Starts the scenarios of schedules. */
@FunctionalInterface
public interface ScheduleStarter {
  /**
   * Starts a scenario, unless an execution with that id exists.
   *
   * @param executionId follows from the schedule and the instant, so that whoever starts it again
   *     starts nothing
   * @param requestedBy the schedule and the instant, for people
   */
  Future<Void> start(String executionId, String scenario, String requestedBy);
}
