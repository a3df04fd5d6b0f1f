package io.cta.domain;

import java.util.List;

/** What an execution runs, as it was when it was requested: later edits do not touch it. */
public record ExecutionSnapshot(
    Scenario scenario,
    Configuration configuration,
    String suiteName,
    List<Repository> inputs,
    List<Repository> outputs,
    List<Test> tests) {
  public ExecutionSnapshot {
    inputs = FieldChecks.list(inputs);
    outputs = FieldChecks.list(outputs);
    tests = FieldChecks.list(tests);
  }
}
