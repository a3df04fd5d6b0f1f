package io.cta.server.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.SuiteParameter;
import java.util.Map;

/**
 * A scenario with everything that it refers to.
 *
 * @param snapshot holds the scenario as it is defined, before a request changes it
 * @param declared the parameters of the suite
 * @param parameterized whether a text of the suite has a parameter in it
 * @param commandBytes bytes of the largest task's command, without the scenario itself
 */
record ResolvedScenario(
    ExecutionSnapshot snapshot,
    Map<String, SuiteParameter> declared,
    boolean parameterized,
    long commandBytes) {
  /** What an execution runs that was asked for; throws INVALID or TOO_LARGE. */
  ExecutionSnapshot asked(ScenarioStartRequest request) {
    ExecutionSnapshot asked = SnapshotFactory.asked(this, request);
    CommandSizeCheck.check(asked, parameterized ? CommandSizeCheck.bytes(asked) : commandBytes);
    return asked;
  }

  int weight() {
    return 1 + snapshot.tests().size();
  }
}
