package io.cta.server.view.executions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import java.time.Instant;
import java.util.List;

/** What became of one of an execution's after-handlers. */
public record AfterOutcomeView(
    int handler,
    String action,
    AfterState state,
    String text,
    Instant at,
    String executionId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> deliveries,
    BuildProgressView jenkinsBuild) {
  static List<AfterOutcomeView> of(List<AfterOutcome> outcomes) {
    return outcomes.stream().map(AfterOutcomeView::of).toList();
  }

  private static AfterOutcomeView of(AfterOutcome o) {
    return new AfterOutcomeView(
        o.handler(),
        o.action(),
        o.state(),
        o.text(),
        o.at(),
        o.executionId(),
        o.deliveries(),
        BuildProgressView.of(o.jenkinsBuild()));
  }
}
