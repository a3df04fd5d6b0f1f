package io.cta.domain;

import java.time.Instant;

/**
 * One run of a task that is over.
 *
 * @param infra true when the infrastructure broke, not the test
 * @param message what its agent said of the reason, or null
 * @param shell what ran its scripts, such as {@code bash -eo pipefail}; null of one that began none
 */
public record Attempt(
    int number,
    String machineId,
    Instant startedAt,
    Instant endedAt,
    State state,
    Result result,
    boolean infra,
    String reason,
    String message,
    String shell) {

  Attempt with(Result corrected) {
    return new Attempt(
        number, machineId, startedAt, endedAt, state, corrected, infra, reason, message, shell);
  }

  /** The same with another reason. */
  public Attempt with(String otherReason) {
    return new Attempt(
        number, machineId, startedAt, endedAt, state, result, infra, otherReason, message, shell);
  }

  /** An attempt whose agent said nothing more. */
  public Attempt(
      int number,
      String machineId,
      Instant startedAt,
      Instant endedAt,
      State state,
      Result result,
      boolean infra,
      String reason) {
    this(number, machineId, startedAt, endedAt, state, result, infra, reason, null, null);
  }
}
