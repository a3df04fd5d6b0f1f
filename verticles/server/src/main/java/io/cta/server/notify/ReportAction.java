package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterReport;
import io.cta.domain.CommitLine;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ReportStage;
import io.cta.server.forges.ReportTarget;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Stores the status of a handler as a row of deliveries, once however often it is asked. */
final class ReportAction {
  private final StoreRepositories stores;
  private final Clock clock;

  ReportAction(StoreRepositories stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterReport report, String link) {
    String id = execution.id() + "-" + outcome.handler() + "-report";
    return IdOrNameLookup.find(stores.forges, report.forge())
        .map(
            found ->
                found.orElseThrow(
                    () -> ServiceFailure.invalid("forge", "there is no such forge any more")))
        .compose(
            forge -> {
              Delivery row = row(id, execution, outcome.handler(), report, forge.value(), link);
              // what is there already was written before a crash, and stays as it is
              return stores.deliveries.apply(List.of(stores.deliveries.inserting(id, row)));
            })
        .compose(done -> stores.deliveries.get(id))
        .map(row -> DeliveryFold.fold(outcome, List.of(row.value()), clock.instant()));
  }

  private Delivery row(
      String id, Execution e, int handler, AfterReport report, Forge forge, String link) {
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
    return DeliveryRow.toForge(e, handler, forge, id, e.finishedAt(), clock.instant())
        .line(CommitLine.idOf(forge.id(), project, commit))
        .body(JsonMapping.encode(status).toString())
        .build();
  }
}
