package io.cta.server.executions;

import io.cta.domain.Configuration;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Scenario;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds snapshots from definitions. Pure. */
final class SnapshotFactory {
  private SnapshotFactory() {}

  static ExecutionSnapshot of(
      Scenario scenario, Configuration configuration, TestSuite suite, SuiteCatalog suiteCatalog) {
    SuiteFlattener.FlatSuite flatSuite = SuiteFlattener.flatten(suite, suiteCatalog);
    if (flatSuite.tests().isEmpty()) {
      throw ServiceFailure.invalid("suite", suite.name() + " has no enabled test");
    }
    return new ExecutionSnapshot(
        scenario,
        configuration,
        suite.name(),
        flatSuite.inputs(),
        flatSuite.outputs(),
        flatSuite.tests());
  }

  /** The scenario with the changes that this request asks for. */
  static Scenario asked(Scenario s, ScenarioStartRequest request) {
    ParameterRules.check(request.parameters(), s.parameters().keySet());
    Map<String, String> parameters = new LinkedHashMap<>(s.parameters());
    parameters.putAll(request.parameters());
    return ScenarioBuilder.builder(s)
        .timeouts(request.timeouts() == null ? s.timeouts() : request.timeouts())
        .priority(request.priority() == null ? s.priority() : request.priority())
        .parameters(parameters)
        .build();
  }

  /** The same snapshot with only some of its tests. */
  static ExecutionSnapshot only(ExecutionSnapshot s, Set<String> testIds) {
    List<Test> tests = s.tests().stream().filter(test -> testIds.contains(test.id())).toList();
    return new ExecutionSnapshot(
        s.scenario(), s.configuration(), s.suiteName(), s.inputs(), s.outputs(), tests);
  }
}
