package io.cta.server.executions;

import io.cta.domain.Configuration;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSnapshotBuilder;
import io.cta.domain.Repository;
import io.cta.domain.Scenario;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds snapshots from definitions. Pure. */
final class SnapshotFactory {
  private SnapshotFactory() {}

  static ResolvedScenario of(
      Scenario scenario, Configuration configuration, TestSuite suite, SuiteCatalog suiteCatalog) {
    SuiteFlattener.FlatSuite flatSuite = SuiteFlattener.flatten(suite, suiteCatalog);
    if (flatSuite.tests().isEmpty()) {
      throw ServiceFailure.invalid("suite", suite.name() + " has no enabled test");
    }
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            scenario,
            configuration,
            suite.name(),
            flatSuite.inputs(),
            flatSuite.outputs(),
            flatSuite.tests(),
            flatSuite.secrets());
    return new ResolvedScenario(
        snapshot,
        flatSuite.parameters(),
        flatSuite.parameterized(),
        CommandSizeCheck.bytes(snapshot));
  }

  /**
   * What an execution runs: the scenario with the changes that this request asks for, and
   * parameters replaced by their values. Throws INVALID, naming the field.
   */
  static ExecutionSnapshot asked(ResolvedScenario resolved, ScenarioStartRequest request) {
    Scenario defined = resolved.snapshot().scenario();
    Map<String, String> parameters =
        ParameterValues.of(resolved.declared(), defined, request.parameters());
    ParameterFields.TextChange values =
        (field, text) -> PlaceholderText.replace(field, text, parameters::get);
    ExecutionSnapshot s = resolved.snapshot();
    List<Repository> inputs = s.inputs();
    List<Repository> outputs = s.outputs();
    List<Test> tests = s.tests();
    if (resolved.parameterized()) {
      inputs = replaced("inputs", inputs, values);
      outputs = replaced("outputs", outputs, values);
      tests = tests(s, values);
    }
    inputs = InputVersions.of(inputs, request.ref(), request.inputs());
    // those of the suite itself were checked when it was read
    for (int i = 0; inputs != s.inputs() && i < inputs.size(); i++) {
      InputRules.check("inputs[" + i + "]", inputs.get(i));
    }
    for (int i = 0; outputs != s.outputs() && i < outputs.size(); i++) {
      InputRules.checkOutput("outputs[" + i + "]", outputs.get(i));
    }
    return ExecutionSnapshotBuilder.builder(s)
        .scenario(asked(defined, request, parameters, values))
        .inputs(inputs)
        .outputs(outputs)
        .tests(tests)
        .build();
  }

  private static List<Repository> replaced(
      String field, List<Repository> repositories, ParameterFields.TextChange values) {
    List<Repository> out = new ArrayList<>(repositories.size());
    for (int i = 0; i < repositories.size(); i++) {
      out.add(ParameterFields.change(field + "[" + i + "]", repositories.get(i), values));
    }
    return out;
  }

  private static List<Test> tests(ExecutionSnapshot s, ParameterFields.TextChange change) {
    return s.tests().stream()
        .map(test -> ParameterFields.change("tests." + test.id(), test, change))
        .toList();
  }

  private static Scenario asked(
      Scenario s,
      ScenarioStartRequest request,
      Map<String, String> parameters,
      ParameterFields.TextChange values) {
    return ScenarioBuilder.builder(s)
        .timeouts(
            ParameterFields.change(
                "timeouts", request.timeouts() == null ? s.timeouts() : request.timeouts(), values))
        .priority(request.priority() == null ? s.priority() : request.priority())
        .parameters(parameters)
        .report(s.report() == null ? request.report() : s.report())
        .build();
  }

  /** The same snapshot with only some of its tests. */
  static ExecutionSnapshot only(ExecutionSnapshot s, Set<String> testIds) {
    List<Test> tests = s.tests().stream().filter(test -> testIds.contains(test.id())).toList();
    return ExecutionSnapshotBuilder.builder(s).tests(tests).build();
  }
}
