package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * An address that a forge, or any other program, calls to start scenarios.
 *
 * @param group the team that owns it, or null
 * @param secret what its calls are verified with, sealed
 * @param forge id or name of the {@link Forge} that executions report to, or null
 * @param note true to keep one note on the merge request that calls, too; null for false
 * @param revision counts what people have changed
 * @param lastEventAt when it was called last by somebody who knows the secret, or null
 * @param lastOutcome what came of that, for people
 */
@RecordBuilder
public record Hook(
    String id,
    String name,
    String description,
    String group,
    HookType type,
    String secret,
    String forge,
    Boolean note,
    List<HookTrigger> triggers,
    Integer revision,
    Instant lastEventAt,
    String lastOutcome,
    Instant createdAt,
    Instant updatedAt) {
  private static final int MAX_OUTCOME = 500;

  public Hook {
    name = FieldChecks.name("name", name);
    type = FieldChecks.or(type, HookType.GENERIC);
    triggers = FieldChecks.list(triggers);
    revision = FieldChecks.or(revision, 1);
    lastOutcome = FieldChecks.line(lastOutcome, MAX_OUTCOME);
  }

  /** True when a note is wanted. */
  public boolean notes() {
    return Boolean.TRUE.equals(note);
  }
}
