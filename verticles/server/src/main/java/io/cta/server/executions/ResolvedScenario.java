package io.cta.server.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Scenario;

/**
 * A scenario with everything that it names.
 *
 * @param snapshot with the scenario as it is defined
 * @param commandBytes what the largest task's command has of it, the scenario left out
 */
record ResolvedScenario(ExecutionSnapshot snapshot, long commandBytes) {
  static ResolvedScenario of(ExecutionSnapshot snapshot) {
    return new ResolvedScenario(snapshot, CommandSizeCheck.bytes(snapshot));
  }

  /** What an execution of it runs that was asked for with other parameters, say. */
  ExecutionSnapshot with(Scenario asked) {
    return new ExecutionSnapshot(
        asked,
        snapshot.configuration(),
        snapshot.suiteName(),
        snapshot.inputs(),
        snapshot.outputs(),
        snapshot.tests());
  }

  int weight() {
    return 1 + snapshot.tests().size();
  }
}
