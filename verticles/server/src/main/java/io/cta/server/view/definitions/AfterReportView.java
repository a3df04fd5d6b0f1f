package io.cta.server.view.definitions;

import io.cta.domain.AfterReport;

/** Where to report the end of an execution. */
public record AfterReportView(String forge, String project, String name) {
  static AfterReportView of(AfterReport r) {
    return r == null ? null : new AfterReportView(r.forge(), r.project(), r.name());
  }
}
