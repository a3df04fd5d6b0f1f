package io.cta.server.dispatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does periodically what no announcement starts: sends again, explains waits, searches the store
 * and handles deadlines. Event loop of its verticle only.
 */
final class DispatchSweep {
  private static final Logger log = LoggerFactory.getLogger(DispatchSweep.class);

  /** The group queues are tidied by one sweep of so many. */
  private static final int SWEEPS_TO_TIDY = 30;

  private final ReleasedTaskWatch releasedTasks;
  private final WaitReasonWriter waitReasonWriter;
  private final ExecutionScanner executionScanner;
  private final PlanningQueue planning;
  private final ReleasePass pass;
  private final GroupQueues groups;
  private final DeadlineHandler deadlines;
  private boolean handlingDeadlines;
  private int sweeps;

  DispatchSweep(
      ReleasedTaskWatch releasedTasks,
      WaitReasonWriter waitReasonWriter,
      ExecutionScanner executionScanner,
      PlanningQueue planning,
      ReleasePass pass,
      GroupQueues groups,
      DeadlineHandler deadlines) {
    this.releasedTasks = releasedTasks;
    this.waitReasonWriter = waitReasonWriter;
    this.executionScanner = executionScanner;
    this.planning = planning;
    this.pass = pass;
    this.groups = groups;
    this.deadlines = deadlines;
  }

  void run() {
    releasedTasks.tend();
    waitReasonWriter.explain();
    executionScanner.tick();
    planning.pump();
    pass.request();
    if (++sweeps % SWEEPS_TO_TIDY == 0) {
      groups.tidy();
    }
    if (!handlingDeadlines) {
      handlingDeadlines = true;
      deadlines
          .sweep()
          .onFailure(e -> log.warn("deadlines not swept", e))
          .onComplete(v -> handlingDeadlines = false);
    }
  }
}
