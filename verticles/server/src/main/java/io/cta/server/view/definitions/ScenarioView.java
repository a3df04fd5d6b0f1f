package io.cta.server.view.definitions;

import io.cta.domain.Scenario;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A scenario. */
public record ScenarioView(
    String id,
    String name,
    String description,
    String suite,
    String configuration,
    TimeoutsView timeouts,
    Integer retries,
    Integer infraRetries,
    Integer priority,
    Map<String, String> parameters,
    String group,
    CronRuleView schedule,
    ScenarioReportView report,
    List<AfterHandlerView> after,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  /** Returns null for null. */
  public static ScenarioView of(Scenario s) {
    return s == null
        ? null
        : new ScenarioView(
            s.id(),
            s.name(),
            s.description(),
            s.suite(),
            s.configuration(),
            TimeoutsView.of(s.timeouts()),
            s.retries(),
            s.infraRetries(),
            s.priority(),
            s.parameters(),
            s.group(),
            CronRuleView.of(s.schedule()),
            ScenarioReportView.of(s.report()),
            s.after().stream().map(AfterHandlerView::of).toList(),
            s.createdAt(),
            s.updatedAt());
  }
}
