package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * One run of a task that is over.
 *
 * @param infra true when the infrastructure broke, not the test
 * @param message what its agent said of the reason, or null
 * @param shell what ran its scripts, such as {@code bash -eo pipefail}; null when none started
 */
@RecordBuilder
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
    return AttemptBuilder.builder(this).result(corrected).build();
  }

  /** The same with another reason. */
  public Attempt with(String otherReason) {
    return AttemptBuilder.builder(this).reason(otherReason).build();
  }
}
