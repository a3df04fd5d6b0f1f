package io.cta.server.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Scenario;

/**
 * A scenario with everything that it refers to.
 *
 * @param snapshot holds the scenario as it is defined, before a request changes it
 * @param commandBytes bytes of the largest task's command, without the scenario itself
 */
record ResolvedScenario(ExecutionSnapshot snapshot, long commandBytes) {
  static ResolvedScenario of(ExecutionSnapshot snapshot) {
    return new ResolvedScenario(snapshot, CommandSizeCheck.bytes(snapshot));
  }

  /**
   * The snapshot with the scenario as one request changed it, for example with other parameters.
   */
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
