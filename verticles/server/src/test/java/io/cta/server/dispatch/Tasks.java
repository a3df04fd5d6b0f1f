package io.cta.server.dispatch;

import io.cta.domain.RunMode;
import io.cta.domain.Task;
import java.util.List;

/** Tasks for the tests of other packages. */
public final class Tasks {
  private Tasks() {}

  /** The first task of that execution, as planned. */
  public static Task waiting(String executionId, RunMode mode) {
    return Planner.plan(
            Given.request(mode).id(executionId).execution(),
            List.of(Given.machine("m", true, 1)),
            List.of(),
            TestHistory.NONE,
            Given.NOW)
        .get(0);
  }
}
