package io.cta.server.notify;

import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.AfterState;
import io.cta.domain.CommitLine;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionReportBuilder;
import io.cta.domain.Forge;
import io.cta.domain.ScenarioReport;
import io.cta.json.JsonMapping;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ReportStage;
import io.cta.server.forges.ReportTarget;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the statuses that an execution is to report: one row of deliveries for each step that it
 * has reached, whose id follows from the execution and the step. Each run may be repeated, by any
 * node. Event loop of its verticle only.
 */
final class ReportRunner {
  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Function<String, String> links;
  private final Clock clock;
  private final NoteRow notes;

  ReportRunner(Vertx vertx, StoreRepositories stores, Function<String, String> links, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.links = links;
    this.clock = clock;
    notes = new NoteRow(stores, links, clock);
  }

  /** The id of the delivery for a step. */
  static String rowId(String executionId, int step) {
    return executionId + "-report-" + step;
  }

  /** Completes with the ids of the deliveries that are to be made. */
  Future<List<String>> run(String executionId) {
    return stores
        .executions
        .find(executionId)
        .compose(
            found ->
                found.isEmpty() || found.get().value().reportDue() == null
                    ? Future.succeededFuture(List.of())
                    : stores
                        .specs
                        .get(executionId)
                        .compose(spec -> run(found.get(), spec.snapshot().scenario().report())));
  }

  private Future<List<String>> run(VersionedEntity<Execution> found, ScenarioReport wanted) {
    return IdOrNameLookup.find(stores.forges, wanted.forge())
        .compose(
            forge ->
                forge.isEmpty()
                    ? settled(found, failed(found.value(), "there is no such forge any more"))
                    : targeted(found, wanted, forge.get().value()));
  }

  private Future<List<String>> targeted(
      VersionedEntity<Execution> found, ScenarioReport wanted, Forge forge) {
    Execution e = found.value();
    ExecutionReport report = e.report();
    if (report.commit() != null) {
      return written(found, wanted, report, forge);
    }
    String commit = e.source() == null ? null : e.source().commit();
    String project = ReportTarget.project(wanted.project(), forge, e.source());
    if (commit == null && !e.state().terminal()) {
      return settled(found, report); // it is due again once the inputs are known
    }
    if (!ReportTarget.isCommit(commit)) {
      return settled(
          found,
          failed(
              e,
              commit == null
                  ? "nobody said which commit it tests: it has no git input, and no source.commit"
                  : "the commit is no whole id of 40 or 64 digits"));
    }
    if (project == null) {
      return settled(
          found, failed(e, "nobody said which project it is in: set project in the report"));
    }
    ExecutionReport aimed =
        ExecutionReportBuilder.builder(report)
            .forge(forge.name())
            .project(project)
            .commit(commit)
            .ref(e.source().branch())
            .tokenRevision(forge.tokenRevision())
            .build();
    return written(found, wanted, aimed, forge);
  }

  private Future<List<String>> written(
      VersionedEntity<Execution> found,
      ScenarioReport wanted,
      ExecutionReport report,
      Forge forge) {
    boolean over = ReportStage.of(found.value()).step() == ReportStage.LAST;
    return over && wanted.notes() && report.noteState() == null
        ? notes
            .row(found.value(), wanted, report, forge)
            .compose(
                note ->
                    note.isPresent()
                        ? written(found, sendingNote(report), forge, note)
                        : written(found, withoutNote(report), forge, note))
        : written(found, report, forge, Optional.empty());
  }

  private static ExecutionReport sendingNote(ExecutionReport report) {
    return ExecutionReportBuilder.builder(report).noteState(AfterState.SENDING).build();
  }

  private static ExecutionReport withoutNote(ExecutionReport report) {
    return ExecutionReportBuilder.builder(report)
        .noteState(AfterState.SKIPPED)
        .note("nobody said which merge request it tests")
        .build();
  }

  private Future<List<String>> written(
      VersionedEntity<Execution> found,
      ExecutionReport report,
      Forge forge,
      Optional<Delivery> note) {
    Execution e = found.value();
    ReportStage stage = ReportStage.of(e);
    List<Delivery> rows = new ArrayList<>();
    rows.add(row(e, report, forge, ReportStage.QUEUED));
    if (e.startedAt() != null) {
      rows.add(row(e, report, forge, ReportStage.RUNNING));
    }
    if (stage.step() == ReportStage.LAST) {
      rows.add(row(e, report, forge, stage));
    }
    note.ifPresent(rows::add);
    List<String> ids = rows.stream().map(Delivery::id).toList();
    AfterState state = report.state() == AfterState.WAITING ? AfterState.SENDING : report.state();
    ExecutionReport next =
        ExecutionReportBuilder.builder(report).state(state).deliveries(ids).build();
    // what is there already stays as it is
    return stores
        .deliveries
        .apply(rows.stream().map(row -> stores.deliveries.inserting(row.id(), row)).toList())
        .compose(done -> settled(found, next))
        .map(ids);
  }

  private Delivery row(Execution e, ExecutionReport report, Forge forge, ReportStage stage) {
    String id = rowId(e.id(), stage.step());
    CommitStatus status =
        CommitStatus.of(
            e,
            stage,
            report.project(),
            report.commit(),
            report.ref(),
            e.scenarioName(),
            links.apply(e.id()),
            report.tokenRevision());
    return DeliveryRow.toForge(e, Delivery.REPORT, forge, id, e.requestedAt(), clock.instant())
        .line(CommitLine.idOf(forge.id(), report.project(), report.commit()))
        .body(JsonMapping.encode(status).toString())
        .build();
  }

  private ExecutionReport failed(Execution e, String why) {
    return ExecutionReportBuilder.builder(e.report())
        .state(AfterState.FAILED)
        .text(why)
        .at(clock.instant())
        .build();
  }

  /** Takes the marker away, unless there is more to report meanwhile. */
  private Future<List<String>> settled(VersionedEntity<Execution> known, ExecutionReport report) {
    return stores
        .executions
        .update(known.value().id(), known, now -> settled(known.value(), now, report))
        .map(
            stored -> {
              if (stored.version() != known.version()) {
                ChangeFeed.announce(vertx, new ExecutionChanged(stored.value(), stored.version()));
              }
              return List.of();
            });
  }

  private static Execution settled(Execution before, Execution now, ExecutionReport report) {
    ExecutionReport stored = now.report();
    boolean further = stored.state() != before.report().state();
    ExecutionReport next = withNote(before.report(), stored, report);
    next =
        further
            ? ExecutionReportBuilder.builder(next)
                .state(stored.state())
                .text(stored.text())
                .at(stored.at())
                .build()
            : next;
    boolean same =
        ReportStage.of(now).step() == ReportStage.of(before).step()
            && java.util.Objects.equals(now.source(), before.source());
    return ExecutionBuilder.builder(now)
        .report(next)
        .reportDue(same ? null : now.reportDue())
        .build();
  }

  /** The note may have arrived before this is stored. */
  private static ExecutionReport withNote(
      ExecutionReport before, ExecutionReport stored, ExecutionReport report) {
    return stored.noteState() == before.noteState()
        ? report
        : ExecutionReportBuilder.builder(report)
            .noteState(stored.noteState())
            .note(stored.note())
            .build();
  }
}
