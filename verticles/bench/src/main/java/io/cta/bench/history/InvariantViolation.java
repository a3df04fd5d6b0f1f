package io.cta.bench.history;

/**
 * A breach of an invariant.
 *
 * @param subject id of the execution, task, attempt or status that it concerns
 */
public record InvariantViolation(ExecutionInvariant invariant, String subject, String what) {
  @Override
  public String toString() {
    return invariant + " " + subject + ": " + what;
  }
}
