package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterReport;
import io.cta.domain.CommitLine;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ReportStage;
import io.cta.server.forges.ReportTarget;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;

/** Stores the status of a handler as a row of deliveries. */
final class ReportAction {
  private final HandlerRow rows;
  private final Clock clock;

  ReportAction(StoreRepositories stores, Clock clock) {
    this.rows = new HandlerRow(stores, clock);
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterReport report, String link) {
    return rows.forge(report.forge())
        .compose(forge -> rows.stored(outcome, row(execution, outcome, report, forge, link)));
  }

  private Delivery row(
      Execution e, AfterOutcome outcome, AfterReport report, Forge forge, String link) {
    String commit = e.source() == null ? null : e.source().commit();
    if (!ReportTarget.isCommit(commit)) {
      throw ServiceFailure.invalid(
          "source.commit", "is no whole id of a commit: nobody said what was tested");
    }
    String project = ReportTarget.project(report.project(), forge, e.source());
    if (project == null) {
      throw ServiceFailure.invalid("project", "is required: nobody said where the commit is");
    }
    CommitStatus status =
        CommitStatus.of(
            e,
            ReportStage.of(e),
            project,
            commit,
            e.source().branch(),
            report.name() == null ? e.scenarioName() : report.name(),
            link,
            forge.tokenRevision());
    return DeliveryRow.toForge(
            e, outcome.handler(), forge, HandlerRow.id(e, outcome), e.finishedAt(), clock.instant())
        .line(CommitLine.idOf(forge.id(), project, commit))
        .body(JsonMapping.encode(status).toString())
        .build();
  }
}
