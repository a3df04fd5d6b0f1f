package io.cta.server.notify;

import io.cta.domain.CommitLine;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionReport;
import io.cta.domain.Forge;
import io.cta.domain.ScenarioReport;
import io.cta.json.JsonMapping;
import io.cta.server.forges.MergeRequestNote;
import io.cta.server.forges.NoteText;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Writes the delivery for the note of an execution that is over. */
final class NoteRow {
  private static final String NUMBER = "[0-9]{1,18}";

  private final FailureReader failures;
  private final Function<String, String> links;
  private final Clock clock;

  NoteRow(StoreRepositories stores, Function<String, String> links, Clock clock) {
    this.failures = new FailureReader(stores);
    this.links = links;
    this.clock = clock;
  }

  /** Empty when it tests no merge request that anybody knows of. */
  Future<Optional<Delivery>> row(
      Execution e, ScenarioReport wanted, ExecutionReport report, Forge forge) {
    String iid = e.source() == null ? null : e.source().changeRequest();
    return iid == null || !iid.matches(NUMBER)
        ? Future.succeededFuture(Optional.empty())
        : failures
            .of(e)
            .map(found -> Optional.of(row(e, project(wanted, report), report, forge, iid, found)));
  }

  private static String project(ScenarioReport wanted, ExecutionReport report) {
    return wanted.noteProject() == null ? report.project() : wanted.noteProject();
  }

  private Delivery row(
      Execution e,
      String project,
      ExecutionReport report,
      Forge forge,
      String iid,
      FailureReader.Failures found) {
    String id = NoteAttempter.rowId(e.id());
    String link = links.apply(e.id());
    MergeRequestNote note =
        new MergeRequestNote(
            project,
            Long.parseLong(iid),
            NoteText.marker(e.scenarioId()),
            NoteText.of(e, found.statuses(), found.cut(), link.startsWith("http") ? link : null),
            report.tokenRevision());
    return DeliveryRow.toForge(e, Delivery.REPORT, forge, id, e.requestedAt(), clock.instant())
        .line(CommitLine.idOf(forge.id(), project, "note " + note.iid() + " " + e.scenarioId()))
        .body(JsonMapping.encode(note).toString())
        .build();
  }
}
