package io.cta.server.view.definitions;

import io.cta.domain.ScenarioReport;

/** Where the executions of a scenario report. */
public record ScenarioReportView(String forge, String project, Boolean note, String noteProject) {
  /** Returns null for null. */
  static ScenarioReportView of(ScenarioReport r) {
    return r == null
        ? null
        : new ScenarioReportView(r.forge(), r.project(), r.note(), r.noteProject());
  }
}
