package io.cta.domain;

import java.time.Instant;
import java.util.List;

/**
 * An ordered list of tests, with the repositories their files come from and their results go to.
 *
 * @param shell what runs the scripts of stages without a shell of their own, or null
 */
public record TestSuite(
    String id,
    String name,
    String description,
    List<Repository> inputs,
    List<Repository> outputs,
    List<SuiteEntry> tests,
    ShellKind shell,
    Instant createdAt,
    Instant updatedAt) {
  public TestSuite {
    name = FieldChecks.name("name", name);
    inputs = FieldChecks.list(inputs);
    outputs = FieldChecks.list(outputs);
    tests = FieldChecks.list(tests);
  }
}
