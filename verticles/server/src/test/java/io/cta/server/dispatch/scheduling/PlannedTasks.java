package io.cta.server.dispatch.scheduling;

import io.cta.domain.RunMode;
import io.cta.domain.Task;
import java.util.List;

/** Tasks for the tests of other packages. */
public final class PlannedTasks {
  private PlannedTasks() {}

  /** The first task of that execution, as planned. */
  public static Task waiting(String executionId, RunMode mode) {
    return ExecutionPlanner.plan(
            SchedulingFixtures.request(mode).id(executionId).asked(),
            MatchingMachines.of(List.of(SchedulingFixtures.machine("m", true, 1))),
            SchedulingFixtures.traits(List.of()),
            TestHistory.NONE,
            SchedulingFixtures.NOW)
        .get(0);
  }
}
