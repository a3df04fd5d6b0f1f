package io.cta.bench.history;

/**
 * Something that must not be.
 *
 * @param subject the id of what it is about
 */
public record InvariantViolation(ExecutionInvariant invariant, String subject, String what) {
  @Override
  public String toString() {
    return invariant + " " + subject + ": " + what;
  }
}
