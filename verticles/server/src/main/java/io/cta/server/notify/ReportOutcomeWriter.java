package io.cta.server.notify;

import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionReportBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ReportStage;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Writes into executions what became of their statuses. Event loop of its verticle only. */
final class ReportOutcomeWriter {
  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Clock clock;

  ReportOutcomeWriter(Vertx vertx, StoreRepositories stores, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * An execution that is no longer there is none to write to.
   *
   * @param ended the delivery as it is going to be stored
   */
  Future<Void> write(Delivery ended, CommitStatus status) {
    return changed(ended, report -> next(report, ended, status, clock.instant()));
  }

  /** As {@link #write}, of the note on a merge request. */
  Future<Void> writeNote(Delivery ended) {
    return changed(ended, report -> nextNote(report, ended, clock.instant()));
  }

  private Future<Void> changed(Delivery ended, UnaryOperator<ExecutionReport> change) {
    return stores
        .executions
        .update(
            ended.executionId(),
            now -> now.report() == null ? now : with(now, change.apply(now.report())))
        .map(
            stored -> {
              ChangeFeed.announce(vertx, new ExecutionChanged(stored.value(), stored.version()));
              return (Void) null;
            })
        .recover(
            e ->
                ServiceFailure.is(e, ErrorCode.NOT_FOUND)
                    ? Future.succeededFuture()
                    : Future.failedFuture(e));
  }

  private static Execution with(Execution now, ExecutionReport report) {
    return ExecutionBuilder.builder(now).report(report).build();
  }

  /** The last status decides; one before it that failed is told until then. */
  static ExecutionReport next(
      ExecutionReport report, Delivery ended, CommitStatus status, Instant now) {
    boolean last = status.stage().step() == ReportStage.LAST;
    boolean arrived = ended.state() == DeliveryState.DELIVERED;
    AfterState state =
        last
            ? arrived && report.noteState() != AfterState.FAILED
                ? AfterState.DONE
                : AfterState.FAILED
            : arrived ? AfterState.SENDING : AfterState.FAILED;
    String stage = status.stage().name().toLowerCase(java.util.Locale.ROOT);
    String text =
        (arrived ? "reported " : "not reported ")
            + stage
            + " on "
            + status.commit().substring(0, 12)
            + " of "
            + status.project()
            + said(ended);
    return ExecutionReportBuilder.builder(report).state(state).text(text).at(now).build();
  }

  /** A report whose note failed is not done, however its statuses went. */
  static ExecutionReport nextNote(ExecutionReport report, Delivery ended, Instant now) {
    boolean arrived = ended.state() == DeliveryState.DELIVERED;
    boolean spoils = !arrived && report.state() == AfterState.DONE;
    return ExecutionReportBuilder.builder(report)
        .noteState(arrived ? AfterState.DONE : AfterState.FAILED)
        .note((arrived ? "the note is there" : "the note was not written") + said(ended))
        .state(spoils ? AfterState.FAILED : report.state())
        .at(spoils ? now : report.at())
        .build();
  }

  private static String said(Delivery ended) {
    DeliveryAttempt last = ended.attempts().get(ended.attempts().size() - 1);
    String text = last.text() == null ? "" : last.text();
    boolean plain = ended.state() == DeliveryState.DELIVERED && text.isEmpty();
    return plain ? "" : ": " + (last.status() == null ? "" : "HTTP " + last.status() + " ") + text;
  }
}
