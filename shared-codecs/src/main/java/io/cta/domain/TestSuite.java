package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An ordered list of tests, with the repositories their files come from and their results go to.
 *
 * @param shell what runs the scripts of stages without a shell of their own, or null
 * @param parameters what an execution may set, by name
 * @param secrets names of secrets that every test sees, by environment variable
 */
@RecordBuilder
public record TestSuite(
    String id,
    String name,
    String description,
    List<Repository> inputs,
    List<Repository> outputs,
    List<SuiteEntry> tests,
    ShellKind shell,
    Map<String, SuiteParameter> parameters,
    Map<String, String> secrets,
    Instant createdAt,
    Instant updatedAt) {
  public TestSuite {
    name = FieldChecks.name("name", name);
    inputs = FieldChecks.list(inputs);
    outputs = FieldChecks.list(outputs);
    tests = FieldChecks.list(tests);
    parameters = FieldChecks.map(parameters);
    secrets = FieldChecks.map(secrets);
  }
}
