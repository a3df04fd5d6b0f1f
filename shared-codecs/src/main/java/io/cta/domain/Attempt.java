package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * One run of a task that is over.
 *
 * @param infra true when the infrastructure broke, not the test
 * @param message what its agent said of the reason, or null
 * @param shell what ran its scripts, such as {@code bash -eo pipefail}; null when none started
 * @param warnings what is no result of a test, but somebody should know
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
    String shell,
    List<String> warnings) {
  public Attempt {
    warnings = FieldChecks.list(warnings);
  }

  Attempt with(Result corrected) {
    return AttemptBuilder.builder(this).result(corrected).build();
  }

  /** The same with another reason. */
  public Attempt with(String otherReason) {
    return AttemptBuilder.builder(this).reason(otherReason).build();
  }
}
