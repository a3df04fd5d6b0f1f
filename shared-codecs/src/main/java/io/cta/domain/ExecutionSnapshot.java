package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What an execution runs, as it was when it was requested: later edits do not touch it.
 *
 * @param secrets names of secrets that every test sees, by environment variable
 */
@RecordBuilder
public record ExecutionSnapshot(
    Scenario scenario,
    Configuration configuration,
    String suiteName,
    List<Repository> inputs,
    List<Repository> outputs,
    List<Test> tests,
    Map<String, String> secrets) {
  public ExecutionSnapshot {
    inputs = FieldChecks.list(inputs);
    outputs = FieldChecks.list(outputs);
    tests = FieldChecks.list(tests);
    secrets = FieldChecks.map(secrets);
  }
}
