package io.cta.domain;

import java.util.List;

/** What an execution runs, as it was when it was requested: later edits do not touch it. */
public record Snapshot(
    Scenario scenario,
    Configuration configuration,
    String suiteName,
    List<Repository> inputs,
    List<Repository> outputs,
    List<Test> tests) {
  public Snapshot {
    inputs = Check.list(inputs);
    outputs = Check.list(outputs);
    tests = Check.list(tests);
  }
}
