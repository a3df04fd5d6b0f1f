package io.cta.server.notify;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.domain.AfterState;
import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.ScenarioReport;
import io.cta.domain.State;
import io.cta.domain.StatusBuilder;
import io.cta.server.store.DocumentWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Executions of a scenario that reports to a forge, and what became of their reports. */
final class ReportedExecutions {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final ScenarioReport REPORT = new ScenarioReport("lab", null);

  private final NotifyFixture fixture;
  private final String forge;
  private final ScenarioReport report;

  /**
   * @param forge where their repository is
   */
  ReportedExecutions(NotifyFixture fixture, String forge) {
    this(fixture, forge, REPORT);
  }

  ReportedExecutions(NotifyFixture fixture, String forge, ScenarioReport report) {
    this.fixture = fixture;
    this.forge = forge;
    this.report = report;
  }

  /** One that is stored in that state, and of which the reporter is told. */
  Execution stored(State state, Result result) {
    return stored(state, result, COMMIT);
  }

  Execution stored(State state, Result result, String commit) {
    return stored(state, result, commit, e -> e, List.of());
  }

  /**
   * @param change of what is stored, but for its id
   * @param more statuses of it, whose ids are made of its own
   */
  Execution stored(
      State state,
      Result result,
      String commit,
      UnaryOperator<Execution> change,
      List<StatusBuilder> more) {
    String id = IdGenerator.next();
    Execution e =
        change.apply(
            ExecutionBuilder.builder()
                .id(id)
                .scenarioId("S")
                .scenarioName("nightly")
                .state(state)
                .result(result)
                .counts(new ResultCounts(12, 0, 0, 0, 0, 0))
                .requestedBy("ann")
                .requestedAt(fixture.clock.instant())
                .startedAt(fixture.clock.instant())
                .finishedAt(state.terminal() ? fixture.clock.instant() : null)
                .source(
                    ExecutionSourceBuilder.builder()
                        .repository(forge + "/group/app.git")
                        .branch("main")
                        .commit(commit)
                        .pipelineId("4711")
                        .build())
                .report(ExecutionReport.waiting(report))
                .reportDue(fixture.clock.instant())
                .build());
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            ScenarioBuilder.builder()
                .id("S")
                .name("nightly")
                .suite("suite")
                .configuration("any")
                .report(report)
                .build(),
            ConfigurationBuilder.builder().id("C").name("any").build(),
            "suite",
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    List<DocumentWrite> writes = new ArrayList<>();
    writes.add(
        fixture.stores.specs.inserting(
            new ExecutionSpec(id, snapshot, "ann", fixture.clock.instant(), null)));
    for (StatusBuilder status : more) {
      String statusId = id + "-status-" + writes.size();
      writes.add(
          fixture.stores.statuses.inserting(statusId, status.id(statusId).executionId(id).build()));
    }
    writes.add(fixture.stores.executions.inserting(id, e));
    fixture.stores.documents.apply(writes).await();
    tell(e);
    return e;
  }

  /** Ends it well. */
  void over(Execution e) {
    fixture
        .stores
        .executions
        .update(
            e.id(),
            now ->
                ExecutionBuilder.builder(now)
                    .state(State.FINISHED)
                    .result(Result.OK)
                    .finishedAt(fixture.clock.instant())
                    .reportDue(now.requestedAt())
                    .build())
        .await();
    tell(e);
  }

  void tell(Execution e) {
    BusAdapter.announce(fixture.vertx, BusAddresses.REPORT_DUE, new ExecutionRef(e.id()));
  }

  /** Its report, once nothing of it is on its way. */
  ExecutionReport settled(Execution e) {
    return until(
        e,
        report ->
            report.state() == AfterState.DONE
                || report.state() == AfterState.FAILED
                    && fixture.deliveries().stream()
                        .allMatch(row -> row.state() != DeliveryState.WAITING));
  }

  /** Lets time go on, a second at each look. */
  ExecutionReport until(Execution e, Predicate<ExecutionReport> wanted) {
    return NotifyFixture.until(
        () -> {
          fixture.clock.advance(Duration.ofSeconds(1));
          return fixture.stores.executions.get(e.id()).await().value().report();
        },
        wanted);
  }
}
