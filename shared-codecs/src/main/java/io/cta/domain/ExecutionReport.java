package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What became of an execution's report to a {@link Forge}. Project and commit stay once the first
 * status is on its way.
 *
 * @param forge name of the forge
 * @param project null until it is known
 * @param commit null until it is known
 * @param ref branch or tag of the commit, or null
 * @param tokenRevision which of the forge's tokens began it, or null
 * @param state waiting, sending, done or failed
 * @param text what happened, for people, or null
 * @param at when the state was reached, null while it waits
 * @param deliveries ids of the deliveries, one for each status, and of the note's
 * @param noteState of the note on the merge request: sending, done, skipped or failed; null before
 *     the end, or when none is wanted
 * @param note what became of the note, for people, or null
 */
@RecordBuilder
public record ExecutionReport(
    String forge,
    String project,
    String commit,
    String ref,
    Integer tokenRevision,
    AfterState state,
    String text,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> deliveries,
    AfterState noteState,
    String note) {
  public ExecutionReport {
    state = FieldChecks.or(state, AfterState.WAITING);
    text = FieldChecks.line(text, AfterOutcome.MAX_TEXT);
    deliveries = FieldChecks.list(deliveries);
    note = FieldChecks.line(note, AfterOutcome.MAX_TEXT);
  }

  /** The report of an execution that nothing has happened to; null for null. */
  public static ExecutionReport waiting(ScenarioReport wanted) {
    return wanted == null ? null : ExecutionReportBuilder.builder().forge(wanted.forge()).build();
  }
}
