package io.cta.domain;

import java.time.Instant;
import java.util.List;

/**
 * An ordered list of tests, with the repositories their files come from and their results go to.
 */
public record TestSuite(
    String id,
    String name,
    String description,
    List<Repository> inputs,
    List<Repository> outputs,
    List<SuiteEntry> tests,
    Instant createdAt,
    Instant updatedAt) {
  public TestSuite {
    name = Check.name("name", name);
    inputs = Check.list(inputs);
    outputs = Check.list(outputs);
    tests = Check.list(tests);
  }
}
