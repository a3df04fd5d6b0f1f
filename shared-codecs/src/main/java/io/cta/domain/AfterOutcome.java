package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one of an execution's {@link AfterHandler}s.
 *
 * @param handler its place in the scenario's {@code after}, from 0
 * @param action the name of its action's field
 * @param text what happened, for people, or null; at most {@value #MAX_TEXT} characters
 * @param at when the state was reached, null while it waits
 * @param executionId the execution that it started, or null
 * @param deliveries ids of the deliveries that it caused
 * @param jenkinsBuild how far the build is that it had made, or null
 */
@RecordBuilder
public record AfterOutcome(
    int handler,
    String action,
    AfterState state,
    String text,
    Instant at,
    String executionId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> deliveries,
    BuildProgress jenkinsBuild) {
  public static final int MAX_TEXT = 500;

  public AfterOutcome {
    text = FieldChecks.line(text, MAX_TEXT);
    deliveries = FieldChecks.list(deliveries);
  }

  /** The outcomes of an execution that is not over. */
  public static List<AfterOutcome> waiting(List<AfterHandler> handlers) {
    List<AfterOutcome> out = new ArrayList<>(handlers.size());
    for (int i = 0; i < handlers.size(); i++) {
      out.add(
          new AfterOutcome(
              i, handlers.get(i).action(), AfterState.WAITING, null, null, null, null, null));
    }
    return out;
  }

  /** The same handler in another state. */
  public AfterOutcome now(AfterState next, String why, Instant when) {
    return new AfterOutcome(
        handler, action, next, why, when, executionId, deliveries, jenkinsBuild);
  }
}
