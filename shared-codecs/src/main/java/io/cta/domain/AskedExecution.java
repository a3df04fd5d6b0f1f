package io.cta.domain;

/** An execution as it is, and what was asked of it. */
public record AskedExecution(Execution execution, ExecutionSpec spec) {
  public String id() {
    return execution.id();
  }

  public ExecutionSnapshot snapshot() {
    return spec.snapshot();
  }
}
