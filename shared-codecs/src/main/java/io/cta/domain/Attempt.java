package io.cta.domain;

import java.time.Instant;

/**
 * One run of a task that is over.
 *
 * @param infra true when the infrastructure broke, not the test
 */
public record Attempt(
    int number,
    String machineId,
    Instant startedAt,
    Instant endedAt,
    State state,
    Result result,
    boolean infra,
    String reason) {

  Attempt with(Result corrected) {
    return new Attempt(number, machineId, startedAt, endedAt, state, corrected, infra, reason);
  }
}
